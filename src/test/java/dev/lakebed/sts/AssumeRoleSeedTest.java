package dev.lakebed.sts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.kit.Answer;
import dev.lakebed.kit.TestClient;
import dev.lakebed.kit.TestServer;
import dev.lakebed.support.Evidence;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How catalogs ask for sessions, on the seed's configuration. */
class AssumeRoleSeedTest {
  private static final String ROLE = "arn:aws:iam::000000000000:role/LakekeeperVendedRole";
  private static final String POLICY =
      """
      {"Version":"2012-10-17","Statement":[{"Sid":"TableAccess","Effect":"Allow",\
      "Action":["s3:GetObject","s3:PutObject"],"Resource":"arn:aws:s3:::B/K/*"}]}\
      """;

  private static final String FORM = "application/x-www-form-urlencoded";

  private final TestServer server = TestServer.seed();
  private final TestClient sts = server.client(server.key("admin"), "sts");

  private Answer assume(String... parameters) {
    return server.assume(server.key("admin"), parameters);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/x-www-form-urlencoded",
        "application/x-www-form-urlencoded; charset=utf-8",
        "application/x-www-form-urlencoded;charset=UTF-8"
      })
  @Evidence({"catalog-A1", "catalog-A3"})
  void form_body_reaches_sts(String contentType) {
    String body = sts.query("AssumeRole", "RoleArn", ROLE, "RoleSessionName", "lakekeeper-sts");
    assertThat(sts.post("/", body, "content-type", contentType).outcome()).isEqualTo("ok");
  }

  @ParameterizedTest
  @CsvSource({"POST, /", "GET, /", "POST, /sts", "POST, /sts/"})
  @Evidence("catalog-A2")
  void query_string_as_the_seed_prints_it(String method, String path) {
    String query =
        "Action=AssumeRole&RoleArn=arn:aws:iam::000000000000:role/LakekeeperVendedRole"
            + "&RoleSessionName=lakekeeper-session&Version=2011-06-15";
    assertThat(sts.send(method, path + "?" + query).outcome()).isEqualTo("ok");
  }

  @Test
  @Evidence("catalog-A5")
  void without_role_the_session_is_the_caller_within_the_policy() {
    Answer answer = assume("RoleSessionName", "lakekeeper-sts", "Policy", POLICY);
    assertThat(answer.outcome()).isEqualTo("ok");
    assertThat(server.may(server.session(answer), "s3:PutObject", "arn:aws:s3:::B/K/x")).isTrue();
    assertThat(server.may(server.session(answer), "s3:PutObject", "arn:aws:s3:::B/L/x")).isFalse();
    assertThat(server.principal(server.session(answer)).arn())
        .isEqualTo("arn:aws:iam::000000000000:user/admin");
  }

  @Test
  @Evidence("catalog-A7")
  void external_id_that_nobody_asks_for_is_ignored() {
    assertThat(assume("RoleSessionName", "ab", "ExternalId", "x1").outcome()).isEqualTo("ok");
    assertThat(assume("RoleArn", ROLE, "RoleSessionName", "ab", "ExternalId", "x1").outcome())
        .isEqualTo("ok");
  }

  @ParameterizedTest
  @ValueSource(ints = {900, 3600, 43_200, 86_400})
  @Evidence("catalog-A9")
  void duration_is_given_exactly(int seconds) {
    Instant asked = server.clock.instant();
    Answer answer =
        assume(
            "RoleArn", ROLE, "RoleSessionName", "ab", "DurationSeconds", String.valueOf(seconds));
    assertThat(answer.element("Expiration")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
    assertThat(
            Duration.between(
                asked.plusSeconds(seconds), Instant.parse(answer.element("Expiration"))))
        .isBetween(Duration.ZERO, Duration.ofSeconds(1));
  }

  @Test
  @Evidence("catalog-A9")
  void without_duration_the_configured_token_duration_counts() {
    Answer answer = assume("RoleArn", ROLE, "RoleSessionName", "ab");
    assertThat(answer.element("Expiration")).isEqualTo("2026-11-22T22:00:01Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "899", "86401", "abc", "99999999999", ""})
  @Evidence({"catalog-A9", "attack-26", "rule-75"})
  void other_durations_are_refused(String seconds) {
    assertThat(
            assume("RoleArn", ROLE, "RoleSessionName", "ab", "DurationSeconds", seconds).outcome())
        .isEqualTo("400 ValidationError");
  }

  @ParameterizedTest
  @CsvSource({
    "lakekeeper-sts, ok",
    "lakekeeper-assume-role, ok",
    "'a_+=,.@-9', ok",
    "a, 400 ValidationError",
    "a b, 400 ValidationError",
    "a/b, 400 ValidationError",
    "'', 400 ValidationError"
  })
  @Evidence("catalog-A10")
  void session_names(String name, String outcome) {
    assertThat(assume("RoleArn", ROLE, "RoleSessionName", name).outcome()).isEqualTo(outcome);
  }

  @Test
  @Evidence("catalog-A10")
  void session_name_has_at_most_64_characters_and_is_required() {
    assertThat(assume("RoleArn", ROLE, "RoleSessionName", "n".repeat(64)).outcome())
        .isEqualTo("ok");
    assertThat(assume("RoleArn", ROLE, "RoleSessionName", "n".repeat(65)).outcome())
        .isEqualTo("400 ValidationError");
    assertThat(assume("RoleArn", ROLE).outcome()).isEqualTo("400 ValidationError");
  }

  @Test
  @Evidence("catalog-A11")
  void without_policy_the_session_has_the_rights_of_the_role() {
    Answer answer = assume("RoleArn", ROLE, "RoleSessionName", "lakekeeper-assume-role");
    assertThat(server.may(server.session(answer), "s3:CreateBucket", "arn:aws:s3:::b")).isTrue();
  }

  @Test
  @Evidence("catalog-A12")
  void answer_has_the_shape_of_aws() {
    Answer answer = assume("RoleArn", ROLE, "RoleSessionName", "lakekeeper-sts", "Policy", POLICY);
    assertThat(answer.text())
        .startsWith(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
                + "<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">"
                + "<AssumeRoleResult><AssumedRoleUser><AssumedRoleId>AROA")
        .endsWith(
            "<ResponseMetadata><RequestId>0123456789ABCDEF</RequestId></ResponseMetadata>"
                + "</AssumeRoleResponse>");
    assertThat(answer.element("Arn"))
        .isEqualTo("arn:aws:sts::000000000000:assumed-role/LakekeeperVendedRole/lakekeeper-sts");
    assertThat(answer.element("AssumedRoleId")).matches("AROA[A-Z2-7]{17}:lakekeeper-sts");
    assertThat(answer.element("AccessKeyId")).matches("ASIA[A-Z2-7]{16}");
    assertThat(answer.element("SecretAccessKey")).hasSize(40);
    assertThat(answer.element("SessionToken").length()).isLessThan(1024);
    assertThat(Integer.parseInt(answer.element("PackedPolicySize"))).isBetween(1, 100);
  }

  @Test
  @Evidence("catalog-A12")
  void credentials_work_at_once_with_the_secret_of_the_answer() {
    Answer answer = assume("RoleArn", ROLE, "RoleSessionName", "ab");
    assertThat(server.session(answer).secret()).isEqualTo(answer.element("SecretAccessKey"));
  }

  @ParameterizedTest
  @CsvSource({
    "Nonsense, 400 InvalidAction",
    "AssumeRoot, 403 RegionDisabledException",
    "GetDelegatedAccessToken, 403 RegionDisabledException",
    "'', 400 MissingAction"
  })
  @Evidence("catalog-A13")
  void actions_that_are_not_there(String action, String outcome) {
    assertThat(server.sts(server.key("admin"), action).outcome()).isEqualTo(outcome);
  }

  @Test
  @Evidence("catalog-A13")
  void error_has_the_shape_of_aws() {
    assertThat(server.sts(server.key("admin"), "Nonsense").text())
        .startsWith(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
                + "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">"
                + "<Error><Type>Sender</Type><Code>InvalidAction</Code><Message>")
        .endsWith("</Error><RequestId>0123456789ABCDEF</RequestId></ErrorResponse>");
  }

  @Test
  @Evidence("catalog-A15")
  void caller_identity_of_key_and_session() {
    Answer user = server.sts(server.key("admin"), "GetCallerIdentity");
    assertThat(user.element("Arn")).isEqualTo("arn:aws:iam::000000000000:user/admin");
    assertThat(user.element("Account")).isEqualTo("000000000000");
    assertThat(user.element("UserId")).matches("AIDA[A-Z2-7]{17}");
    Answer role = assume("RoleArn", ROLE, "RoleSessionName", "sn");
    Answer session = server.sts(server.session(role), "GetCallerIdentity");
    assertThat(session.element("Arn"))
        .isEqualTo("arn:aws:sts::000000000000:assumed-role/LakekeeperVendedRole/sn");
    assertThat(session.element("UserId")).isEqualTo(role.element("AssumedRoleId"));
  }

  @Test
  @Evidence("catalog-A16")
  void policy_of_2048_characters_is_accepted_and_2049_is_not() {
    String resource = "arn:aws:s3:::B/" + "k".repeat(2048);
    String shell =
        "{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"%s\"}]}";
    int room = 2048 - shell.length() + 2;
    String fits = shell.formatted(resource.substring(0, room));
    assertThat(fits).hasSize(2048);
    assertThat(assume("RoleArn", ROLE, "RoleSessionName", "ab", "Policy", fits).outcome())
        .isEqualTo("ok");
    assertThat(assume("RoleArn", ROLE, "RoleSessionName", "ab", "Policy", fits + " ").outcome())
        .isEqualTo("400 PackedPolicyTooLarge");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "{}", "{\"Statement\":[]}", "[]", "{\"Statement\":["})
  @Evidence({"catalog-A16", "attack-25"})
  void policy_that_is_none_is_never_ignored(String policy) {
    assertThat(assume("RoleArn", ROLE, "RoleSessionName", "ab", "Policy", policy).outcome())
        .isEqualTo("400 MalformedPolicyDocument");
  }

  @Test
  @Evidence("attack-25")
  void not_principal_is_malformed_and_the_message_names_the_place() {
    Answer answer =
        assume(
            "RoleArn",
            ROLE,
            "RoleSessionName",
            "ab",
            "Policy",
            "{\"Statement\":[{\"Effect\":\"Deny\",\"NotPrincipal\":\"*\",\"Action\":\"*\",\"Resource\":\"*\"}]}");
    assertThat(answer.outcome()).isEqualTo("400 MalformedPolicyDocument");
    assertThat(answer.element("Message")).contains("line 1, column");
  }

  @Test
  void policy_may_name_keys_in_any_script_but_hold_no_control_characters() {
    String policy =
        "{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:*\","
            + "\"Resource\":\"arn:aws:s3:::B/表🦆/*\"}]}";
    Answer answer = assume("RoleArn", ROLE, "RoleSessionName", "ab", "Policy", policy);
    assertThat(server.may(server.session(answer), "s3:PutObject", "arn:aws:s3:::B/表🦆/x")).isTrue();
    assertThat(
            assume("RoleArn", ROLE, "RoleSessionName", "ab", "Policy", policy + "\u0000").outcome())
        .isEqualTo("400 ValidationError");
  }

  @Test
  @Evidence("attack-25")
  void empty_policy_is_a_validation_error() {
    assertThat(assume("RoleArn", ROLE, "RoleSessionName", "ab", "Policy", "").outcome())
        .isEqualTo("400 ValidationError");
  }

  @Test
  @Evidence("attack-25")
  void eleven_managed_policies_are_refused() {
    String[] parameters = new String[26];
    parameters[0] = "RoleArn";
    parameters[1] = ROLE;
    parameters[2] = "RoleSessionName";
    parameters[3] = "ab";
    for (int i = 1; i <= 11; i++) {
      parameters[2 + 2 * i] = "PolicyArns.member." + i + ".arn";
      parameters[3 + 2 * i] = "arn:aws:iam::000000000000:policy/FullAccess";
    }
    assertThat(assume(parameters).outcome()).isEqualTo("400 ValidationError");
  }

  @Test
  @Evidence("rule-77")
  void managed_session_policies_are_parsed_and_must_exist() {
    String[] known = {
      "RoleSessionName",
      "ab",
      "PolicyArns.member.1.arn",
      "arn:aws:iam::000000000000:policy/FullAccess"
    };
    assertThat(assume(known).outcome()).isEqualTo("ok");
    known[3] = "arn:aws:iam::000000000000:policy/Nowhere";
    assertThat(assume(known).outcome()).isEqualTo("400 MalformedPolicyDocument");
  }

  @ParameterizedTest
  @CsvSource({
    "Polcy, x, 400 ValidationError",
    "SerialNumber, arn:aws:iam::000000000000:mfa/x, 501 NotImplemented",
    "TokenCode, 123456, 501 NotImplemented",
    "RoleArn, not-an-arn-but-long-enough, 400 ValidationError",
    "RoleArn, '', 400 ValidationError",
    "ExternalId, x, 400 ValidationError",
    "SourceIdentity, a, 400 ValidationError",
    "Tags.member.1.Key, k, 400 ValidationError",
    "Tags.member.x.Key, k, 400 ValidationError",
    "Tags.member.01.Key, k, 400 ValidationError",
    "Tags, k, 400 ValidationError",
    "Tags, '', ok",
    "TransitiveTagKeys.member.1, k, 400 ValidationError"
  })
  void parameters_are_checked(String name, String value, String outcome) {
    assertThat(assume("RoleSessionName", "ab", name, value).outcome()).isEqualTo(outcome);
  }

  @Test
  void parameter_given_in_query_and_body_is_refused() {
    String body = sts.query("AssumeRole", "RoleSessionName", "ab");
    assertThat(sts.post("/?Policy=x&Policy=y", body, "content-type", FORM).outcome())
        .isEqualTo("400 MalformedQueryString");
    assertThat(sts.post("/?RoleSessionName=cd", body, "content-type", FORM).outcome())
        .isEqualTo("400 MalformedQueryString");
  }

  @Test
  void other_version_is_an_invalid_action() {
    String body = "Action=AssumeRole&Version=2010-05-08";
    assertThat(sts.post("/", body, "content-type", FORM).outcome()).isEqualTo("400 InvalidAction");
  }
}
