package dev.lakebed.iam.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.kit.Answer;
import dev.lakebed.kit.Keys;
import dev.lakebed.support.Evidence;
import java.net.URLDecoder;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Trust policies mean those who are there when they are saved. Expectations: AWS, "Principal"
 * (unique ids) and "MalformedPolicyDocument: Invalid principal in policy".
 */
class PrincipalBindingTest {
  private final IamServer server = IamServer.start();

  @AfterEach
  void stop() {
    server.close();
  }

  private static String trust(String principal) {
    return "{\"Version\":\"2012-10-17\", \"Statement\":[{\"Effect\":\"Allow\",\"Principal\":"
        + principal
        + ",\"Action\":[\"sts:AssumeRole\",\"sts:AssumeRoleWithSAML\"]}]}";
  }

  private static String aws(String principal) {
    return trust("{\"AWS\":\"" + principal + "\"}");
  }

  private Answer create(String role, String trust) {
    return server.call("CreateRole", "RoleName", role, "AssumeRolePolicyDocument", trust);
  }

  private String shown(String role) {
    return decoded(server.call("GetRole", "RoleName", role).requireOk());
  }

  private static String decoded(Answer answer) {
    return URLDecoder.decode(answer.element("AssumeRolePolicyDocument"), UTF_8);
  }

  private String assume(Keys caller, String role) {
    return server
        .sts(caller, "AssumeRole", "RoleArn", server.arn("role/" + role), "RoleSessionName", "s1")
        .outcome();
  }

  private String id(String user) {
    return server.call("GetUser", "UserName", user).requireOk().element("UserId");
  }

  private void delete(String user, Keys key) {
    server.call("DeleteAccessKey", "UserName", user, "AccessKeyId", key.access()).requireOk();
    server.call("DeleteUser", "UserName", user).requireOk();
  }

  @Test
  @Evidence({"attack-22", "attack-80"})
  void a_user_made_anew_under_an_old_name_is_not_trusted() {
    Keys alice = server.user("alice");
    String id = id("alice");
    String document = aws(server.arn("user/alice"));
    assertThat(decoded(create("r", document).requireOk())).isEqualTo(document);
    assertThat(assume(alice, "r")).isEqualTo("ok");
    delete("alice", alice);
    assertThat(shown("r")).isEqualTo(aws(id));
    Keys again = server.user("alice");
    assertThat(id("alice")).isNotEqualTo(id);
    assertThat(assume(again, "r")).isEqualTo("403 AccessDenied");
    assertThat(shown("r")).isEqualTo(aws(id));
    assertThat(server.call("ListRoles").requireOk().text()).contains(id);
    assertThat(server.call("GetAccountAuthorizationDetails").requireOk().text()).contains(id);
    assertThat(
            server
                .call("UpdateAssumeRolePolicy", "RoleName", "r", "PolicyDocument", aws(id))
                .outcome())
        .as("the id of nobody")
        .isEqualTo("400 MalformedPolicyDocument");
    server.call("UpdateAssumeRolePolicy", "RoleName", "r", "PolicyDocument", document).requireOk();
    assertThat(assume(again, "r")).isEqualTo("ok");
  }

  @Test
  @Evidence("attack-22")
  void a_role_made_anew_and_its_sessions_are_not_trusted() {
    Keys alice = server.user("alice");
    create("first", aws(server.arn("user/alice"))).requireOk();
    create("second", aws(server.arn("role/first"))).requireOk();
    String session = "arn:aws:sts::" + server.account + ":assumed-role/first/s1";
    create("third", aws(session)).requireOk();
    assertThat(shown("third")).isEqualTo(aws(session));
    create("fourth", aws(session.substring(0, session.length() - 1))).requireOk();
    assertThat(shown("fourth")).isEqualTo(aws(session.substring(0, session.length() - 1)));
    Keys before = first(alice);
    assertThat(assume(before, "second")).isEqualTo("ok");
    assertThat(assume(before, "third")).isEqualTo("ok");
    String id = server.call("GetRole", "RoleName", "first").element("RoleId");
    server.call("DeleteRole", "RoleName", "first").requireOk();
    create("first", aws(server.arn("user/alice"))).requireOk();
    Keys after = first(alice);
    assertThat(assume(after, "second")).isEqualTo("403 AccessDenied");
    assertThat(assume(after, "third")).isEqualTo("403 AccessDenied");
    assertThat(shown("second")).isEqualTo(aws(id));
    assertThat(shown("third")).isEqualTo(aws(id + ":s1"));
  }

  private Keys first(Keys caller) {
    return server.session(
        server
            .sts(caller, "AssumeRole", "RoleArn", server.arn("role/first"), "RoleSessionName", "s1")
            .requireOk());
  }

  @Test
  void a_renamed_user_stays_trusted_and_is_shown_under_the_new_name() {
    Keys alice = server.user("alice");
    create("r", aws(server.arn("user/alice"))).requireOk();
    server
        .call("UpdateUser", "UserName", "alice", "NewUserName", "bob", "NewPath", "/b/")
        .requireOk();
    assertThat(shown("r")).isEqualTo(aws(server.arn("user/b/bob")));
    assertThat(assume(server.key(alice.access()), "r")).isEqualTo("ok");
    assertThat(assume(server.user("alice"), "r")).isEqualTo("403 AccessDenied");
  }

  @Test
  void what_else_is_changed_in_a_role_does_not_touch_the_binding() {
    Keys alice = server.user("alice");
    create("r", aws(server.arn("user/alice"))).requireOk();
    server.call("UpdateRole", "RoleName", "r", "MaxSessionDuration", "7200").requireOk();
    assertThat(
            decoded(
                server
                    .call("UpdateRoleDescription", "RoleName", "r", "Description", "d")
                    .requireOk()))
        .isEqualTo(aws(server.arn("user/alice")));
    delete("alice", alice);
    assertThat(assume(server.user("alice"), "r")).isEqualTo("403 AccessDenied");
  }

  @Test
  void unique_ids_and_users_and_roles_of_the_configuration_can_be_named() {
    Keys alice = server.user("alice");
    create("byId", aws(id("alice"))).requireOk();
    assertThat(shown("byId")).isEqualTo(aws(server.arn("user/alice")));
    assertThat(assume(alice, "byId")).isEqualTo("ok");
    create("byFile", aws(server.arn("user/reader"))).requireOk();
    assertThat(assume(server.key("READER"), "byFile")).isEqualTo("ok");
    assertThat(assume(alice, "byFile")).isEqualTo("403 AccessDenied");
    create("byFileRole", aws(server.arn("role/FileRole"))).requireOk();
    assertThat(shown("byFileRole")).isEqualTo(aws(server.arn("role/FileRole")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "user/absent",
        "role/absent",
        "user/other/reader",
        "user/READER",
        "role/reader",
        "user/rea\\u0064er/x"
      })
  @Evidence("attack-22")
  void who_does_not_exist_cannot_be_named(String resource) {
    server.user("other");
    Answer refused = create("r", aws(server.arn(resource)));
    assertThat(refused.outcome()).isEqualTo("400 MalformedPolicyDocument");
    assertThat(refused.element("Message"))
        .isEqualTo(
            "Invalid principal in policy: \"AWS\":\""
                + server.arn(resource.replace("\\u0064", "d"))
                + "\"");
    assertThat(server.call("GetRole", "RoleName", "r").outcome()).isEqualTo("404 NoSuchEntity");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"AWS\":\"arn:aws:sts::111122223333:assumed-role/absent/s\"}",
        "{\"AWS\":[\"*\",\"arn:aws:iam::111122223333:user/absent\"]}",
        "{\"AWS\":\"arn:aws-cn:iam::111122223333:role/FileRole\"}",
        "{\"AWS\":\"AIDAAAAAAAAAAAAAALICE\"}",
        "{\"AWS\":\"AROAAAAAAAAAAAAAAROLE:s1\"}",
        "{\"Federated\":\"arn:aws:iam::111122223333:saml-provider/absent\"}",
        "{\"Federated\":\"arn:aws:iam::111122223333:oidc-provider/absent.example\"}",
        "{\"Federated\":\"arn:aws:iam::111122223333:ldap-provider/absent\"}"
      })
  @Evidence("attack-22")
  void nor_can_sessions_ids_and_providers_that_do_not_exist(String principal) {
    Answer refused = create("r", trust(principal));
    assertThat(refused.outcome()).isEqualTo("400 MalformedPolicyDocument");
    assertThat(refused.element("Message")).startsWith("Invalid principal in policy: ");
  }

  /** An account exists by being used; services are those of AWS; names are the file's. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"*\"",
        "{\"AWS\":\"111122223333\"}",
        "{\"AWS\":\"arn:aws:iam::111122223333:root\"}",
        "{\"AWS\":\"arn:aws:sts::111122223333:federated-user/bob\"}",
        "{\"Service\":\"ec2.amazonaws.com\"}",
        "{\"Federated\":\"accounts.google.com\"}"
      })
  void what_has_no_entry_is_not_looked_up(String principal) {
    create("r", trust(principal)).requireOk();
    assertThat(shown("r")).isEqualTo(trust(principal));
  }

  @Test
  void a_provider_that_exists_can_be_named_and_stays_an_arn() {
    String arn =
        server
            .call(
                "CreateOpenIDConnectProvider",
                "Url",
                "https://idp-" + server.account + ".example",
                "ClientIDList.member.1",
                "c")
            .requireOk()
            .element("OpenIDConnectProviderArn");
    String document = trust("{\"Federated\":\"" + arn + "\"}");
    create("r", document).requireOk();
    assertThat(shown("r")).isEqualTo(document);
    server.call("DeleteOpenIDConnectProvider", "OpenIDConnectProviderArn", arn).requireOk();
    assertThat(shown("r")).isEqualTo(document);
  }

  @Test
  @Evidence("attack-22")
  void a_role_can_trust_itself_only_once_it_is_there() {
    String own = aws(server.arn("role/r"));
    assertThat(create("r", own).outcome()).isEqualTo("400 MalformedPolicyDocument");
    create("r", IamServer.TRUST).requireOk();
    server.call("UpdateAssumeRolePolicy", "RoleName", "r", "PolicyDocument", own).requireOk();
    assertThat(shown("r")).isEqualTo(own);
  }

  /** docs/iam.md, "Two places": a stored user is hidden as long as the file has its name. */
  @Test
  @Evidence("attack-22")
  void a_stored_user_does_not_step_into_the_name_of_one_of_the_file() {
    Keys stored = server.user("late");
    create("r", aws(server.arn("user/late"))).requireOk();
    String id = id("late");
    try (IamServer later = server.neighbour("late")) {
      assertThat(later.use(stored.access(), Optional.empty())).isEqualTo("UNKNOWN_ACCESS_KEY");
      assertThat(decoded(later.call("GetRole", "RoleName", "r"))).isEqualTo(aws(id));
      Keys file = later.key("READER");
      assertThat(later.principal(file).arn()).isEqualTo(server.principal(stored).arn());
      assertThat(
              later
                  .sts(file, "AssumeRole", "RoleArn", later.arn("role/r"), "RoleSessionName", "s1")
                  .outcome())
          .isEqualTo("403 AccessDenied");
    }
    assertThat(assume(stored, "r")).isEqualTo("ok");
  }

  @Test
  void a_profile_shows_the_trust_policy_of_its_role_with_names() {
    server.user("alice");
    create("r", aws(server.arn("user/alice"))).requireOk();
    server.call("CreateInstanceProfile", "InstanceProfileName", "p").requireOk();
    server
        .call("AddRoleToInstanceProfile", "InstanceProfileName", "p", "RoleName", "r")
        .requireOk();
    assertThat(decoded(server.call("GetInstanceProfile", "InstanceProfileName", "p")))
        .isEqualTo(aws(server.arn("user/alice")));
  }
}
