package dev.lakebed.sts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.auth.Principal;
import dev.lakebed.kit.Answer;
import dev.lakebed.kit.TestServer;
import dev.lakebed.support.Evidence;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may assume which role. */
class TrustTest {
  /** A user of each of two accounts, and a role of each that everybody may have. */
  private static final String NEIGHBOURS =
      """
      {"identities":[
        {"name":"home","actions":["Admin"],
         "credentials":[{"accessKey":"AKHOME","secretKey":"secretsecretsecret"}]},
        {"name":"away","account":{"id":"999999999999"},"actions":["Admin"],
         "credentials":[{"accessKey":"AKAWAY","secretKey":"secretsecretsecret"}]}],
       "policies":[{"name":"Everything","document":{"Version":"2012-10-17","Statement":[
        {"Effect":"Allow","Action":"*","Resource":"*"}]}}],
       "roles":[
        {"roleName":"Plain","trustPolicy":{"Version":"2012-10-17","Statement":[
         {"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole"}]}},
        {"roleName":"Foreign","roleArn":"arn:aws:iam::999999999999:role/Foreign",
         "trustPolicy":{"Version":"2012-10-17","Statement":[
         {"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole"}]}}]}
      """;

  private final TestServer server = TestServer.of(Worlds.CLOSED);

  @ParameterizedTest
  @CsvSource({
    "AKKEEPER, tenant-7, ok",
    "AKKEEPER, tenant-8, 403 AccessDenied",
    "AKKEEPER, '', 403 AccessDenied",
    "AKOTHER, tenant-7, 403 AccessDenied",
    "AKADMIN, tenant-7, 403 AccessDenied"
  })
  @Evidence({"catalog-A6", "attack-22", "attack-23"})
  void trust_policy_names_user_and_external_id(String key, String externalId, String outcome) {
    Answer answer =
        externalId.isEmpty()
            ? server.assume(
                server.key(key), "RoleArn", Worlds.role("Vend"), "RoleSessionName", "ab")
            : server.assume(
                server.key(key),
                "RoleArn",
                Worlds.role("Vend"),
                "RoleSessionName",
                "ab",
                "ExternalId",
                externalId);
    assertThat(answer.outcome()).isEqualTo(outcome);
  }

  @Test
  @Evidence("catalog-A6")
  void unknown_role_and_untrusted_caller_are_refused_with_the_same_words() {
    String unknown =
        server
            .assume(server.key("AKOTHER"), "RoleArn", Worlds.role("Nope"), "RoleSessionName", "ab")
            .text();
    String untrusted =
        server
            .assume(server.key("AKOTHER"), "RoleArn", Worlds.role("Vend"), "RoleSessionName", "ab")
            .text();
    String sentence = " \\(decision [0-9A-F]{16}\\)";
    String id =
        "<DecisionId>[0-9A-F]{16}</DecisionId><EncodedMessage>[\\w-]{2092}</EncodedMessage>";
    assertThat(untrusted).containsPattern(id);
    assertThat(unknown.replace("Nope", "Vend").replaceFirst(id, "").replaceFirst(sentence, ""))
        .isEqualTo(untrusted.replaceFirst(id, "").replaceFirst(sentence, ""));
    assertThat(untrusted)
        .contains(
            "User: arn:aws:iam::000000000000:user/other is not authorized to perform:"
                + " sts:AssumeRole on resource: arn:aws:iam::000000000000:role/Vend (decision ");
  }

  @Test
  @Evidence("catalog-A14")
  void a_user_without_any_sts_right_may_assume_a_role_that_trusts_it() {
    assertThat(
            server
                .assume(
                    server.key("AKOTHER"), "RoleArn", Worlds.role("Plain"), "RoleSessionName", "ab")
                .outcome())
        .isEqualTo("ok");
  }

  @ParameterizedTest
  @CsvSource({"AKADMIN, ok", "AKOTHER, 403 AccessDenied"})
  @Evidence("attack-22")
  void trust_in_the_account_needs_the_right_of_the_user_too(String key, String outcome) {
    assertThat(
            server
                .assume(server.key(key), "RoleArn", Worlds.role("Account"), "RoleSessionName", "ab")
                .outcome())
        .isEqualTo(outcome);
  }

  @Test
  @Evidence("attack-22")
  void role_of_another_account_needs_the_right_of_the_user_too() {
    assertThat(
            server
                .assume(
                    server.key("AKKEEPER"),
                    "RoleArn",
                    "arn:aws:iam::999999999999:role/Foreign",
                    "RoleSessionName",
                    "ab")
                .outcome())
        .isEqualTo("403 AccessDenied");
  }

  /** What a session may do would tell what a policy of another account says. */
  @ParameterizedTest
  @CsvSource({
    "AssumeRole, RoleArn, arn:aws:iam::000000000000:role/Plain",
    "AssumeRole, RoleSessionName, ab",
    "GetFederationToken, Name, bob"
  })
  void session_policies_of_another_account_are_refused_like_none(
      String action, String parameter, String value) {
    TestServer neighbours = TestServer.of(NEIGHBOURS);
    String[] parameters = {
      parameter,
      value,
      "PolicyArns.member.1.arn",
      "arn:aws:iam::000000000000:policy/Everything",
      "RoleSessionName",
      "ab"
    };
    String[] asked = parameter.equals("RoleArn") ? parameters : Arrays.copyOf(parameters, 4);
    assertThat(neighbours.sts(neighbours.key("AKHOME"), action, asked).outcome()).isEqualTo("ok");
    asked[1] = value.replace("000000000000:role/Plain", "999999999999:role/Foreign");
    Answer foreign = neighbours.sts(neighbours.key("AKAWAY"), action, asked);
    asked[3] = "arn:aws:iam::000000000000:policy/Nothing";
    Answer missing = neighbours.sts(neighbours.key("AKAWAY"), action, asked);
    assertThat(foreign.outcome()).isEqualTo("400 MalformedPolicyDocument");
    assertThat(foreign.element("Message").replace("Everything", "Nothing"))
        .isEqualTo(missing.element("Message"));
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void explicit_deny_in_the_callers_policies_wins(boolean withRole) {
    Answer answer =
        withRole
            ? server.assume(
                server.key("AKBARRED"), "RoleArn", Worlds.role("Plain"), "RoleSessionName", "ab")
            : server.assume(server.key("AKBARRED"), "RoleSessionName", "ab");
    assertThat(answer.outcome()).isEqualTo("403 AccessDenied");
  }

  @Test
  @Evidence("catalog-A8")
  void tags_become_principal_tags_and_are_tested_as_request_tags() {
    Answer red =
        server.assume(
            server.key("AKOTHER"),
            "RoleArn",
            "arn:aws:iam::000000000000:role/a/b/Tagged",
            "RoleSessionName",
            "ab",
            "Tags.member.1.Key",
            "Team",
            "Tags.member.1.Value",
            "red");
    assertThat(red.outcome()).isEqualTo("ok");
    assertThat(server.principal(server.session(red)))
        .isInstanceOfSatisfying(
            Principal.Session.class,
            session -> assertThat(session.facts().tags()).containsOnly(Map.entry("Team", "red")));
    Answer green =
        server.assume(
            server.key("AKOTHER"),
            "RoleArn",
            "arn:aws:iam::000000000000:role/a/b/Tagged",
            "RoleSessionName",
            "ab",
            "Tags.member.1.Key",
            "team",
            "Tags.member.1.Value",
            "green");
    assertThat(green.outcome()).isEqualTo("403 AccessDenied");
  }

  @Test
  @Evidence("attack-23")
  void tags_need_tag_session_in_the_trust_policy_and_the_message_says_so() {
    Answer answer =
        server.assume(
            server.key("AKOTHER"),
            "RoleArn",
            Worlds.role("Plain"),
            "RoleSessionName",
            "ab",
            "Tags.member.1.Key",
            "k",
            "Tags.member.1.Value",
            "v");
    assertThat(answer.outcome()).isEqualTo("403 AccessDenied");
    assertThat(answer.element("Message"))
        .contains("sts:TagSession on resource: arn:aws:iam::000000000000:role/Plain")
        .contains(
            "the role's trust policy must allow sts:TagSession beside sts:AssumeRole (decision");
  }

  @Test
  @Evidence("attack-23")
  void source_identity_needs_its_own_right() {
    assertThat(
            server
                .assume(
                    server.key("AKOTHER"),
                    "RoleArn",
                    Worlds.role("Plain"),
                    "RoleSessionName",
                    "ab",
                    "SourceIdentity",
                    "alice")
                .outcome())
        .isEqualTo("403 AccessDenied");
  }

  @Test
  @Evidence("attack-23")
  void tag_keys_that_differ_by_case_alone_are_refused() {
    assertThat(
            server
                .assume(
                    server.key("AKOTHER"),
                    "RoleArn",
                    "arn:aws:iam::000000000000:role/a/b/Tagged",
                    "RoleSessionName",
                    "ab",
                    "Tags.member.1.Key",
                    "k",
                    "Tags.member.1.Value",
                    "v",
                    "Tags.member.2.Key",
                    "K",
                    "Tags.member.2.Value",
                    "w")
                .outcome())
        .isEqualTo("400 ValidationError");
  }

  @Test
  void tags_without_role_need_the_users_own_right() {
    String[] parameters = {
      "RoleSessionName", "ab", "Tags.member.1.Key", "k", "Tags.member.1.Value", "v"
    };
    assertThat(server.assume(server.key("AKOTHER"), parameters).outcome())
        .isEqualTo("403 AccessDenied");
    assertThat(server.assume(server.key("AKADMIN"), parameters).outcome()).isEqualTo("ok");
  }

  @Test
  @Evidence("rule-73")
  void role_path_is_not_in_the_session_arn() {
    Answer answer =
        server.assume(
            server.key("AKOTHER"),
            "RoleArn",
            "arn:aws:iam::000000000000:role/a/b/Tagged",
            "RoleSessionName",
            "S1",
            "SourceIdentity",
            "alice");
    assertThat(answer.element("Arn")).isEqualTo("arn:aws:sts::000000000000:assumed-role/Tagged/S1");
    assertThat(answer.element("SourceIdentity")).isEqualTo("alice");
    assertThat(server.principal(server.session(answer)))
        .isInstanceOfSatisfying(
            Principal.Session.class,
            session ->
                assertThat(session.issuer())
                    .isEqualTo("arn:aws:iam::000000000000:role/a/b/Tagged"));
  }

  @Test
  @Evidence({"attack-26", "rule-75"})
  void duration_above_the_roles_maximum_is_refused() {
    String[] parameters = {
      "RoleArn",
      Worlds.role("Vend"),
      "RoleSessionName",
      "ab",
      "ExternalId",
      "tenant-7",
      "DurationSeconds",
      "7201"
    };
    Answer answer = server.assume(server.key("AKKEEPER"), parameters);
    assertThat(answer.outcome()).isEqualTo("400 ValidationError");
    assertThat(answer.element("Message"))
        .isEqualTo(
            "The requested DurationSeconds exceeds the MaxSessionDuration set for this role (7200"
                + " s)");
    parameters[7] = "7200";
    assertThat(server.assume(server.key("AKKEEPER"), parameters).outcome()).isEqualTo("ok");
  }
}
