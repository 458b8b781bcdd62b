package dev.lakebed.sts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.auth.CredentialLookup.Credential;
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

  private final StsServer server = new StsServer(Worlds.CLOSED);

  @Test
  void session_token_is_the_user_for_twelve_hours() {
    StsAnswer answer = server.call(server.key("AKOTHER"), "GetSessionToken");
    assertThat(answer.outcome()).isEqualTo("200");
    assertThat(answer.text("Expiration")).isEqualTo("2026-11-22T22:00:01Z");
    Credential session = server.session(answer);
    assertThat(session.principal().arn()).isEqualTo("arn:aws:iam::000000000000:user/other");
    assertThat(server.may(session, "s3:PutObject", "arn:aws:s3:::b/k")).isTrue();
    assertThat(server.may(session, "s3:CreateBucket", "arn:aws:s3:::b")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"900, 200", "129600, 200", "129601, 400 ValidationError", "899, 400 ValidationError"})
  void session_token_durations(String seconds, String outcome) {
    assertThat(
            server
                .call(server.key("AKOTHER"), "GetSessionToken", "DurationSeconds", seconds)
                .outcome())
        .isEqualTo(outcome);
  }

  @Test
  void federation_token_needs_the_right() {
    assertThat(server.call(server.key("AKOTHER"), "GetFederationToken", "Name", "bob").outcome())
        .isEqualTo("403 AccessDenied");
  }

  @Test
  void federated_user_has_the_users_rights_within_the_policy() {
    StsAnswer answer =
        server.call(server.key("AKADMIN"), "GetFederationToken", "Name", "bob", "Policy", READ);
    assertThat(answer.text("Arn")).isEqualTo("arn:aws:sts::000000000000:federated-user/bob");
    assertThat(answer.text("FederatedUserId")).isEqualTo("000000000000:bob");
    Credential session = server.session(answer);
    assertThat(session.principal().userId()).isEqualTo("000000000000:bob");
    assertThat(server.may(session, "s3:GetObject", "arn:aws:s3:::b/k")).isTrue();
    assertThat(server.may(session, "s3:PutObject", "arn:aws:s3:::b/k")).isFalse();
  }

  @Test
  void federated_user_without_policy_can_do_nothing() {
    Credential session =
        server.session(server.call(server.key("AKADMIN"), "GetFederationToken", "Name", "bob"));
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
    StsAnswer answer =
        server.call(server.key("AKADMIN"), "GetFederationToken", "Name", "bob", "Policy", READ);
    assertThat(server.mayWith(server.key("AKADMIN"), "s3:GetObject", policy)).isEqualTo(user);
    assertThat(server.mayWith(server.session(answer), "s3:GetObject", policy)).isEqualTo(federated);
  }

  @Test
  void deny_in_the_policies_of_the_user_reaches_its_federated_users() {
    StsServer strict =
        new StsServer(
            Worlds.CLOSED
                .replace(
                    "\"policyNames\":[\"NoAssume\"]", "\"policyNames\":[\"NoGet\",\"Everything\"]")
                .replace("\"name\":\"NoAssume\"", "\"name\":\"NoGet\"")
                .replace(
                    "\"Effect\":\"Deny\",\"Action\":\"sts:AssumeRole\"",
                    "\"Effect\":\"Deny\",\"Action\":\"s3:GetObject\""));
    String all = READ.replace("s3:Get*", "s3:*");
    Credential session =
        strict.session(
            strict.call(
                strict.key("AKBARRED"), "GetFederationToken", "Name", "bob", "Policy", all));
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
    "GetCallerIdentity, '', '', 200, 200",
    "AssumeRole, RoleArn, arn:aws:iam::000000000000:role/ReadOnly, 200, 403 AccessDenied",
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
    Credential admin = server.key("AKADMIN");
    Credential token = server.session(server.call(admin, "GetSessionToken"));
    Credential roleless = server.session(server.assume(admin, "RoleSessionName", "ab"));
    Credential bob =
        server.session(
            server.call(
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

  private String outcome(Credential caller, String action, String name, String value) {
    List<String> parameters = new ArrayList<>();
    if (action.equals("AssumeRole")) {
      parameters.addAll(List.of("RoleSessionName", "ab"));
    }
    if (!value.isEmpty()) {
      parameters.addAll(List.of(name, value));
    }
    return server.call(caller, action, parameters.toArray(String[]::new)).outcome();
  }

  @ParameterizedTest
  @CsvSource({"ASIAIOSFODNN7EXAMPLE, 400 ValidationError", "x, 400 ValidationError"})
  void access_key_that_does_not_exist_has_no_account(String id, String outcome) {
    StsServer admin = server;
    assertThat(admin.call(admin.key("AKADMIN"), "GetAccessKeyInfo", "AccessKeyId", id).outcome())
        .isEqualTo(outcome);
  }
}
