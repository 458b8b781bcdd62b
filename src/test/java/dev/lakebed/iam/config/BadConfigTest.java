package dev.lakebed.iam.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.lakebed.iam.config.InvalidConfigException.ConfigProblem;
import dev.lakebed.support.Evidence;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Strict validation: each wrong thing by path and place, all at once. */
class BadConfigTest {
  private static final String ROLE =
      """
      {"roles":[{"roleName":"r","trustPolicy":{"Statement":[{"Effect":"Allow",
       "Principal":"*","Action":"sts:AssumeRole"}]},%s}]}\
      """;

  @Test
  void all_problems_are_listed_at_once_with_path_and_place() {
    List<ConfigProblem> problems =
        ConfigText.problems(
            """
            {
              "identities": [
                {
                  "name": "a",
                  "acions": ["Read"],
                  "disabled": "no",
                  "actions": ["Raed", "Write:b"],
                  "policyNames": ["Nowhere"],
                  "credentials": [{"accessKey": "k", "secretKey": "s"},
                                  {"accessKey": "k", "secretKey": "t"}]
                }
              ],
              "roles": [{"roleName": "r"}],
              "sts": {"tokenDuration": "soon", "signingKey": "%%%"}
            }
            """);
    assertThat(problems)
        .extracting(p -> p.path() + " " + p.line() + ":" + p.column())
        .containsExactlyInAnyOrder(
            "identities[0].acions 5:7",
            "identities[0].disabled 6:19",
            "identities[0].actions[0] 7:19",
            "identities[0].policyNames[0] 8:23",
            "identities[0].credentials[1] 10:23",
            "roles[0] 13:13",
            "sts.tokenDuration 14:28",
            "sts.signingKey 14:50");
    assertThat(problems).extracting(ConfigProblem::file).containsOnly("iam.json");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"nonsense\":1}|nonsense|unknown field",
        "{\"sts\":{\"retiredSigningKeys\":[\"MDEyMzQ1Njc4OWFiY2RlZg==\"]}}|sts.retiredSigningKeys[0]|needs"
            + " signingKey beside it",
        "{\"identities\":{}}|identities|must be an array, not an object",
        "{\"identities\":[1]}|identities[0]|must be an object, not a number",
        "{\"identities\":[{}]}|identities[0]|needs a field name",
        "{\"identities\":[{\"name\":\"a/b\"}]}|identities[0].name|must be a user name:"
            + " [\\w+=,.@-]{1,64}",
        "{\"identities\":[{\"name\":\"a\"},{\"name\":\"a\"}]}|identities[1].name|identity a is"
            + " defined twice",
        "{\"identities\":[{\"name\":\"a\",\"name\":\"b\"}]}|identities[0].name|is given twice",
        "{\"identities\":[{\"name\":\"a\",\"policyNames\":[],\"policy_names\":[]}]}|identities[0].policy_names|is"
            + " given twice",
        "{\"identities\":[{\"name\":\"a\",\"account\":{\"id\":\"12\"}}]}|identities[0].account.id|must"
            + " be a twelve-digit account",
        "{\"identities\":[{\"name\":\"a\",\"credentials\":[{\"accessKey\":\"k\"}]}]}|identities[0].credentials[0]|needs"
            + " a field secretKey",
        "{\"identities\":[{\"name\":\"a\",\"credentials\":[{\"accessKey\":\"k\",\"secretKey\":\"\"}]}]}|identities[0].credentials[0]|secretKey"
            + " must be 1 to 256 visible characters",
        "{\"identities\":[{\"name\":\"a\",\"credentials\":[{\"accessKey\":\"ASIAX\",\"secretKey\":\"s\"}]}]}|identities[0].credentials[0]|accessKey"
            + " must not begin with ASIA, which marks temporary keys",
        "{\"identities\":[{\"name\":\"a\",\"credentials\":[{\"accessKey\":\"k\",\"secretKey\":\"s\",\"status\":\"Off\"}]}]}|identities[0].credentials[0].status|must"
            + " be Active or Inactive",
        "{\"identities\":[{\"name\":\"anonymous\",\"credentials\":[{\"accessKey\":\"k\",\"secretKey\":\"s\"}]}]}|identities[0]|the"
            + " identity anonymous cannot have credentials",
        "{\"identities\":[{\"name\":\"r\",\"root\":\"yes\"}]}|identities[0].root|must be true or"
            + " false, not a string",
        "{\"identities\":[{\"name\":\"r\",\"root\":true,\"actions\":[\"Read\"]}]}|identities[0].actions|a"
            + " root user may do everything in its account and has no actions",
        "{\"identities\":[{\"name\":\"r\",\"root\":true,\"policyNames\":[]}]}|identities[0].policyNames|a"
            + " root user may do everything in its account and has no policyNames",
        "{\"identities\":[{\"name\":\"r\",\"root\":true,\"tags\":[]}]}|identities[0].tags|a root"
            + " user may do everything in its account and has no tags",
        "{\"identities\":[{\"name\":\"r\",\"root\":true,\"serviceAccountIds\":[\"s\"]}]}|identities[0].serviceAccountIds|a"
            + " root user may do everything in its account and has no serviceAccountIds",
        "{\"identities\":[{\"name\":\"r\",\"root\":true,\"boundary\":\"x\"}]}|identities[0].boundary|unknown"
            + " field",
        "{\"identities\":[{\"name\":\"r\",\"root\":true},{\"name\":\"q\",\"root\":true}]}|identities[1]|account"
            + " 000000000000 already has a root user at identities[0]",
        "{\"identities\":[{\"name\":\"r\",\"root\":true},{\"name\":\"r\"}]}|identities[1].name|identity"
            + " r is defined twice",
        "{\"identities\":[{\"name\":\"anonymous\",\"root\":true}]}|identities[0]|the identity"
            + " anonymous cannot be a root user",
        "{\"identities\":[{\"name\":\"r\",\"root\":true}],\"groups\":[{\"name\":\"g\",\"members\":[\"r\"]}]}|groups[0].members[0]|a"
            + " root user has neither groups nor service accounts",
        "{\"identities\":[{\"name\":\"r\",\"root\":true}],\"serviceAccounts\":[{\"id\":\"s\",\"parentUser\":\"r\",\"credential\":{\"accessKey\":\"k\",\"secretKey\":\"s\"}}]}|serviceAccounts[0].parentUser|a"
            + " root user has neither groups nor service accounts",
        "{\"policies\":[{\"name\":\"p\"}]}|policies[0]|needs a field document or content",
        "{\"groups\":[{\"name\":\"g\",\"members\":[\"x\"]}]}|groups[0].members[0]|there is no such"
            + " identity",
        "{\"serviceAccounts\":[{\"id\":\"s\",\"parentUser\":\"x\",\"credential\":{\"accessKey\":\"k\",\"secretKey\":\"s\"}}]}|serviceAccounts[0].parentUser|there"
            + " is no such identity",
        "{\"sts\":{\"accountId\":\"1\"}}|sts.accountId|must be a twelve-digit account",
        "{\"sts\":{\"tokenDuration\":\"5m\"}}|sts.tokenDuration|must be from 900 s to 129600 s, not"
            + " 300 s",
        "{\"sts\":{\"tokenDuration\":1.5}}|sts.tokenDuration|must be a whole number",
        "{\"sts\":{\"signingKey\":\"c2hvcnQ=\"}}|sts.signingKey|must be base64 of at least 16"
            + " bytes",
        "{\"policy\":{\"defaultEffect\":\"Maybe\"}}|policy.defaultEffect|must be Deny or Allow",
        "{\"providers\":[{\"name\":\"x\",\"type\":\"radius\",\"config\":{}}]}|providers[0].type|must"
            + " be oidc, ldap or saml",
      })
  void one_wrong_thing_is_one_problem(String text, String path, String message) {
    assertThat(ConfigText.problems(text))
        .extracting(ConfigProblem::path, ConfigProblem::message)
        .containsExactly(tuple(path, message));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"maxSessionDuration\":3599|roles[0].maxSessionDuration|must be from 3600 to 43200"
            + " seconds",
        "\"roleArn\":\"arn:aws:iam::1:role/r\"|roles[0].roleArn|must be a role ARN:"
            + " arn:aws:iam::<account>:role/<name>",
        "\"roleArn\":\"arn:aws:iam::000000000000:role/q\"|roles[0].roleArn|names another role than"
            + " roleName r",
        "\"attachedPolicies\":[\"x\"]|roles[0].attachedPolicies[0]|there is no policy x",
      })
  void one_wrong_thing_of_a_role_is_one_problem(String field, String path, String message) {
    assertThat(ConfigText.problems(ROLE.formatted(field)))
        .extracting(ConfigProblem::path, ConfigProblem::message)
        .containsExactly(tuple(path, message));
  }

  @Test
  void malformed_policy_is_reported_at_its_place_in_the_file() {
    List<ConfigProblem> problems =
        ConfigText.problems(
            """
            {"policies": [
              {"name": "p", "document": {"Version": "2012-10-17", "Statement": [
                {"Effect": "Alow", "Action": "*", "Resource": "*"}]}}
            ]}
            """);
    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().path()).isEqualTo("policies[0].document");
    assertThat(problems.getFirst().line()).isEqualTo(3);
    assertThat(problems.getFirst().column()).isEqualTo(16);
  }

  @Test
  void malformed_quoted_policy_names_its_inner_place() {
    assertThat(ConfigText.problems("{\"policies\":[{\"name\":\"p\",\"content\":\"{\"}]}"))
        .extracting(ConfigProblem::path)
        .containsExactly("policies[0].content");
  }

  @Test
  void text_that_is_no_json_is_one_problem_with_place() {
    List<ConfigProblem> problems = ConfigText.problems("{\n  \"identities\": [,]\n}");
    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().line()).isEqualTo(2);
    assertThat(problems.getFirst().message()).startsWith("is not JSON: ");
  }

  @Test
  @Evidence("attack-56")
  void deep_nesting_is_one_problem() {
    assertThat(ConfigText.problems("[".repeat(10_000) + "]".repeat(10_000)))
        .extracting(ConfigProblem::path)
        .containsExactly("");
  }

  @Test
  void missing_file_is_one_problem_beside_those_of_the_other_file() {
    Path bad = ConfigText.file("bad.json", "{\"x\":1}");
    assertThat(
            catchThrowableOfType(
                    InvalidConfigException.class,
                    () -> IamConfig.load(List.of(Path.of("/nowhere/a.json"), bad), Map.of()))
                .problems())
        .extracting(ConfigProblem::file)
        .containsExactly("a.json", "bad.json");
  }

  @Test
  void no_problem_shows_a_secret() {
    String text =
        "{\"identities\":[{\"name\":\"a\",\"credentials\":["
            + "{\"accessKey\":\"k\",\"secretKey\":\"geheim geheim\"},"
            + "{\"accessKey\":\"k\",\"secretKey\":\"tiefgeheim\"}]}],"
            + "\"sts\":{\"signingKey\":\"streng-geheim\"}}";
    assertThat(ConfigText.problems(text)).isNotEmpty();
    assertThat(ConfigText.problems(text).toString()).doesNotContain("geheim");
  }
}
