package dev.lakebed.sts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.auth.Permission.Resource;
import dev.lakebed.kit.Answer;
import dev.lakebed.kit.Keys;
import dev.lakebed.kit.TestServer;
import dev.lakebed.policy.Policy;
import dev.lakebed.support.Evidence;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** GetSessionToken, GetFederationToken and GetAccessKeyInfo. */
@Evidence("contract-2.2")
class UserTokensTest {
  private static final String READ =
      "{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:Get*\",\"Resource\":\"*\"}]}";

  private final TestServer server = TestServer.of(Worlds.CLOSED);

  @Test
  void session_token_is_the_user_for_twelve_hours() {
    Answer answer = server.sts(server.key("AKOTHER"), "GetSessionToken");
    assertThat(answer.outcome()).isEqualTo("ok");
    assertThat(answer.element("Expiration")).isEqualTo("2026-11-22T22:00:01Z");
    Keys session = server.session(answer);
    assertThat(server.principal(session).arn()).isEqualTo("arn:aws:iam::000000000000:user/other");
    assertThat(server.may(session, "s3:PutObject", "arn:aws:s3:::b/k")).isTrue();
    assertThat(server.may(session, "s3:CreateBucket", "arn:aws:s3:::b")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"900, ok", "129600, ok", "129601, 400 ValidationError", "899, 400 ValidationError"})
  void session_token_durations(String seconds, String outcome) {
    assertThat(
            server
                .sts(server.key("AKOTHER"), "GetSessionToken", "DurationSeconds", seconds)
                .outcome())
        .isEqualTo(outcome);
  }

  @Test
  void federation_token_needs_the_right() {
    assertThat(server.sts(server.key("AKOTHER"), "GetFederationToken", "Name", "bob").outcome())
        .isEqualTo("403 AccessDenied");
  }

  @Test
  void federated_user_has_the_users_rights_within_the_policy() {
    Answer answer =
        server.sts(server.key("AKADMIN"), "GetFederationToken", "Name", "bob", "Policy", READ);
    assertThat(answer.element("Arn")).isEqualTo("arn:aws:sts::000000000000:federated-user/bob");
    assertThat(answer.element("FederatedUserId")).isEqualTo("000000000000:bob");
    Keys session = server.session(answer);
    assertThat(server.principal(session).userId()).isEqualTo("000000000000:bob");
    assertThat(server.may(session, "s3:GetObject", "arn:aws:s3:::b/k")).isTrue();
    assertThat(server.may(session, "s3:PutObject", "arn:aws:s3:::b/k")).isFalse();
  }

  @Test
  void federated_user_without_policy_can_do_nothing() {
    Keys session =
        server.session(server.sts(server.key("AKADMIN"), "GetFederationToken", "Name", "bob"));
    assertThat(server.may(session, "s3:GetObject", "arn:aws:s3:::b/k")).isFalse();
  }

  /** docs/iam-keys.md: which Deny reaches the federated sessions of a user, and which does not. */
  @ParameterizedTest
  @CsvSource({
    "'Principal':{'AWS':'arn:aws:iam::000000000000:user/admin'}, false, true",
    "'Principal':'*'|ArnEquals|aws:PrincipalArn|arn:aws:iam::000000000000:user/admin, false, true",
    "'Principal':'*'|StringEquals|aws:username|admin, false, true",
    "'Principal':'*'|ArnLike|aws:PrincipalArn|arn:aws:sts::000000000000:federated-user/*, true,"
        + " false",
    "'Principal':'*'|StringEquals|aws:PrincipalType|FederatedUser, true, false",
    "'Principal':{'AWS':'000000000000'}, false, false"
  })
  void denies_of_a_bucket_policy_reach_a_federated_user_by_its_own_name(
      String deny, boolean user, boolean federated) {
    String[] parts = deny.split("\\|", -1);
    String condition =
        parts.length == 1
            ? ""
            : ",'Condition':{'%s':{'%s':'%s'}}".formatted(parts[1], parts[2], parts[3]);
    String document =
        "{'Statement':[{'Effect':'Deny',%s,'Action':'s3:*','Resource':'*'%s}]}"
            .formatted(parts[0], condition)
            .replace('\'', '"');
    Policy policy = Policy.parse("bucket", document, Policy.Kind.RESOURCE);
    Resource object = new Resource("arn:aws:s3:::b/k", TestServer.ACCOUNT, List.of(policy));
    Answer answer =
        server.sts(server.key("AKADMIN"), "GetFederationToken", "Name", "bob", "Policy", READ);
    assertThat(server.may(server.key("AKADMIN"), "s3:GetObject", object)).isEqualTo(user);
    assertThat(server.may(server.session(answer), "s3:GetObject", object)).isEqualTo(federated);
  }

  @Test
  void deny_in_the_policies_of_the_user_reaches_its_federated_users() {
    TestServer strict =
        TestServer.of(
            Worlds.CLOSED
                .replace(
                    "\"policyNames\":[\"NoAssume\"]", "\"policyNames\":[\"NoGet\",\"Everything\"]")
                .replace("\"name\":\"NoAssume\"", "\"name\":\"NoGet\"")
                .replace(
                    "\"Effect\":\"Deny\",\"Action\":\"sts:AssumeRole\"",
                    "\"Effect\":\"Deny\",\"Action\":\"s3:GetObject\""));
    String all = READ.replace("s3:Get*", "s3:*");
    Keys session =
        strict.session(
            strict.sts(strict.key("AKBARRED"), "GetFederationToken", "Name", "bob", "Policy", all));
    assertThat(strict.may(session, "s3:PutObject", "arn:aws:s3:::b/k")).isTrue();
    assertThat(strict.may(session, "s3:GetObject", "arn:aws:s3:::b/k")).isFalse();
  }

  /**
   * AWS, "Comparison of STS credentials": sessions of GetSessionToken call AssumeRole and
   * GetCallerIdentity, those of GetFederationToken GetCallerIdentity alone. One of AssumeRole
   * without role is like the former; what AWS does not have is refused too.
   */
  @ParameterizedTest
  @CsvSource({
    "GetCallerIdentity, '', '', ok, ok",
    "AssumeRole, RoleArn, arn:aws:iam::000000000000:role/ReadOnly, ok, 403 AccessDenied",
    "AssumeRole, RoleArn, '', 403 AccessDenied, 403 AccessDenied",
    "GetSessionToken, '', '', 403 AccessDenied, 403 AccessDenied",
    "GetFederationToken, Name, ab, 403 AccessDenied, 403 AccessDenied",
    "GetAccessKeyInfo, AccessKeyId, ASIAIOSFODNN7EXAMPLE, 403 AccessDenied, 403 AccessDenied",
    "DecodeAuthorizationMessage, EncodedMessage, x, 403 AccessDenied, 403 AccessDenied",
    "RevokeSessions, AccessKeyId, ASIAIOSFODNN7EXAMPLE, 403 AccessDenied, 403 AccessDenied"
  })
  @Evidence("attack-24")
  void temporary_credentials_of_a_user_call_next_to_nothing(
      String action, String name, String value, String own, String federated) {
    Keys admin = server.key("AKADMIN");
    Keys token = server.session(server.sts(admin, "GetSessionToken"));
    Keys roleless = server.session(server.assume(admin, "RoleSessionName", "ab"));
    Keys bob =
        server.session(
            server.sts(
                admin,
                "GetFederationToken",
                "Name",
                "bob",
                "Policy",
                "{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}"));
    assertThat(outcome(token, action, name, value)).isEqualTo(own);
    assertThat(outcome(roleless, action, name, value)).isEqualTo(own);
    assertThat(outcome(bob, action, name, value)).isEqualTo(federated);
  }

  private String outcome(Keys caller, String action, String name, String value) {
    List<String> parameters = new ArrayList<>();
    if (action.equals("AssumeRole")) {
      parameters.addAll(List.of("RoleSessionName", "ab"));
    }
    if (!value.isEmpty()) {
      parameters.addAll(List.of(name, value));
    }
    return server.sts(caller, action, parameters.toArray(String[]::new)).outcome();
  }

  @ParameterizedTest
  @CsvSource({"ASIAIOSFODNN7EXAMPLE, 400 ValidationError", "x, 400 ValidationError"})
  void access_key_that_does_not_exist_has_no_account(String id, String outcome) {
    TestServer admin = server;
    assertThat(admin.sts(admin.key("AKADMIN"), "GetAccessKeyInfo", "AccessKeyId", id).outcome())
        .isEqualTo(outcome);
  }
}
