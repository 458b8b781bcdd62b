package dev.lakebed.iam.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.kit.Answer;
import dev.lakebed.kit.Keys;
import dev.lakebed.support.Evidence;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * IAM called by the root user of the account. Expectations: the IAM API reference ("if you do not
 * specify a user name, IAM determines the user name implicitly"), AWS, "AWS account root user" and
 * "credential reports".
 */
class RootUserTest {
  private static final String CONFIGURED = "ROOTKEYOFACCOUNT";

  private final IamServer server = IamServer.start();
  private final Keys root = server.key(CONFIGURED);

  @AfterEach
  void stop() {
    server.close();
  }

  private Answer call(String action, String... parameters) {
    return server.call(root, action, parameters);
  }

  private String newKey() {
    return call("CreateAccessKey").requireOk().element("AccessKeyId");
  }

  private String report() {
    return report(call("GetCredentialReport"));
  }

  private static String report(Answer answer) {
    return new String(Base64.getDecoder().decode(answer.element("Content")), UTF_8);
  }

  @Test
  void get_user_without_a_name_shows_the_root_user_without_name_and_path() {
    Answer user = call("GetUser").requireOk();
    assertThat(user.element("UserId")).isEqualTo(server.account);
    assertThat(user.element("Arn")).isEqualTo(server.arn("root"));
    assertThat(user.elements("UserName")).isEmpty();
    assertThat(user.elements("Path")).isEmpty();
  }

  /** As every session without a role: AWS, "comparison of STS credentials". */
  @Test
  void a_session_of_root_cannot_call_iam() {
    Keys session = server.session(server.sts(root, "GetSessionToken"));
    assertThat(server.call(session, "GetUser").outcome()).isEqualTo("403 AccessDenied");
    assertThat(server.may(session, "s3:DeleteBucket", "arn:aws:s3:::b")).isTrue();
  }

  @Test
  void root_is_no_user_in_any_list_and_has_no_name_to_be_called_by() {
    assertThat(call("ListUsers").elements("Arn")).doesNotContain(server.arn("root"));
    assertThat(call("GetAccountAuthorizationDetails").text()).doesNotContain(server.arn("root"));
    assertThat(call("GetUser", "UserName", "root").outcome()).isEqualTo("404 NoSuchEntity");
    assertThat(call("GetUser", "UserName", "account-root").outcome()).isEqualTo("404 NoSuchEntity");
    assertThat(call("DeleteUser").outcome()).isEqualTo("400 ValidationError");
  }

  @Test
  void keys_of_root_are_made_listed_switched_off_and_deleted_by_root_itself() {
    Answer made = call("CreateAccessKey").requireOk();
    String id = made.element("AccessKeyId");
    assertThat(made.elements("UserName")).isEmpty();
    assertThat(server.principal(server.key(id)).arn()).isEqualTo(server.arn("root"));
    assertThat(server.may(server.key(id), "s3:DeleteBucket", "arn:aws:s3:::b")).isTrue();
    assertThat(call("ListAccessKeys").elements("AccessKeyId"))
        .containsExactlyInAnyOrder(CONFIGURED, id);
    assertThat(call("GetAccessKeyLastUsed", "AccessKeyId", id).requireOk().element("ServiceName"))
        .isEqualTo("N/A");
    call("UpdateAccessKey", "AccessKeyId", id, "Status", "Inactive").requireOk();
    assertThat(call("ListAccessKeys").elements("Status"))
        .containsExactlyInAnyOrder("Active", "Inactive");
    assertThat(server.use(id, Optional.empty())).isEqualTo("INACTIVE_ACCESS_KEY");
    call("DeleteAccessKey", "AccessKeyId", id).requireOk();
    assertThat(server.use(id, Optional.empty())).isEqualTo("UNKNOWN_ACCESS_KEY");
    assertThat(call("DeleteAccessKey", "AccessKeyId", id).outcome()).isEqualTo("404 NoSuchEntity");
  }

  @Test
  void root_has_two_keys_at_most_those_of_the_configuration_included() {
    String id = newKey();
    assertThat(call("CreateAccessKey").outcome()).isEqualTo("409 LimitExceeded");
    call("DeleteAccessKey", "AccessKeyId", id).requireOk();
    newKey();
  }

  @Test
  void a_key_of_the_configuration_is_not_changed() {
    assertThat(call("DeleteAccessKey", "AccessKeyId", CONFIGURED).outcome())
        .isEqualTo("400 UnmodifiableEntity");
    assertThat(call("UpdateAccessKey", "AccessKeyId", CONFIGURED, "Status", "Inactive").outcome())
        .isEqualTo("400 UnmodifiableEntity");
    String user = server.user("u").access();
    assertThat(call("DeleteAccessKey", "AccessKeyId", user).outcome())
        .isEqualTo("404 NoSuchEntity");
  }

  @Test
  void an_administrator_does_not_reach_the_keys_of_root() {
    String id = newKey();
    assertThat(server.call("DeleteAccessKey", "AccessKeyId", id).outcome())
        .isEqualTo("400 UnmodifiableEntity");
    assertThat(server.call("DeleteAccessKey", "UserName", "root", "AccessKeyId", id).outcome())
        .isEqualTo("404 NoSuchEntity");
    assertThat(server.use(id, Optional.empty())).isEqualTo("ok");
  }

  @Test
  @Evidence("attack-80")
  void keys_made_by_the_api_work_only_while_the_configuration_has_the_root_user() {
    String id = newKey();
    Answer session = server.sts(server.key(id), "GetSessionToken").requireOk();
    server.rootUser(false);
    assertThat(server.use(id, Optional.empty())).isEqualTo("UNKNOWN_ACCESS_KEY");
    assertThat(server.use(session)).isEqualTo("INACTIVE_ACCESS_KEY");
    server.rootUser(true);
    assertThat(server.use(id, Optional.empty())).isEqualTo("ok");
  }

  @Test
  @Evidence("attack-80")
  void another_node_refuses_a_deleted_key_of_root() throws InterruptedException {
    String id = newKey();
    try (IamServer other = server.neighbour()) {
      assertThat(other.use(id, Optional.empty())).isEqualTo("ok");
      call("DeleteAccessKey", "AccessKeyId", id).requireOk();
      for (int look = 0; look < 100 && other.use(id, Optional.empty()).equals("ok"); look++) {
        Thread.sleep(50);
      }
      assertThat(other.use(id, Optional.empty())).isEqualTo("UNKNOWN_ACCESS_KEY");
    }
  }

  @Test
  void report_and_summary_know_the_root_user() {
    newKey();
    assertThat(report().lines().skip(1).findFirst().orElseThrow())
        .startsWith(
            "<root_account>,%s,1970-01-01T00:00:00Z,false,N/A,not_supported,not_supported,false,true,"
                .formatted(server.arn("root")));
    assertThat(report()).contains("\nreader,");
    String summary = call("GetAccountSummary").text();
    assertThat(summary).contains("<key>AccountAccessKeysPresent</key><value>1</value>");
    server.rootUser(false);
    assertThat(report(server.call("GetCredentialReport"))).doesNotContain("<root_account>");
    assertThat(server.call("GetAccountSummary").text())
        .contains("<key>AccountAccessKeysPresent</key><value>0</value>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ListMFADevices",
        "ListSSHPublicKeys",
        "ListSigningCertificates",
        "ListServiceSpecificCredentials"
      })
  void lists_of_what_root_cannot_have_are_empty(String action) {
    assertThat(call(action).requireOk().elements("member")).isEmpty();
  }

  @Test
  void root_has_no_password() {
    assertThat(call("GetLoginProfile").outcome()).isEqualTo("404 NoSuchEntity");
    assertThat(call("DeleteLoginProfile").outcome()).isEqualTo("404 NoSuchEntity");
    assertThat(call("CreateLoginProfile", "Password", "Long-Enough-1234").outcome())
        .isEqualTo("400 UnmodifiableEntity");
    assertThat(call("ChangePassword", "OldPassword", "a", "NewPassword", "b").outcome())
        .isEqualTo("400 InvalidUserType");
  }

  @Test
  void a_role_session_still_has_to_name_the_user() {
    Keys session =
        server.session(
            server.sts(
                server.key("ADMIN"),
                "AssumeRole",
                "RoleArn",
                server.arn("role/FileRole"),
                "RoleSessionName",
                "ab"));
    assertThat(server.call(session, "GetUser").outcome()).isEqualTo("400 ValidationError");
  }
}
