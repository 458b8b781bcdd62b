package dev.lakebed.iam.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.kit.Answer;
import dev.lakebed.kit.Keys;
import dev.lakebed.support.Evidence;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Users, keys, roles and policies from their making to their end, and what that does to credentials
 * in use. Expectations: the IAM service model and user guide.
 */
class LifeCycleTest {
  private static final String ALLOW_GET =
      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
          + "\"Action\":\"s3:GetObject\",\"Resource\":\"*\"}]}";
  private static final String ALLOW_ALL =
      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
          + "\"Action\":\"*\",\"Resource\":\"*\"}]}";
  private static final String OBJECT = "arn:aws:s3:::b/k";

  private final IamServer server = IamServer.start();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  @Evidence("rule-79")
  void terraform_makes_a_role_with_profile_and_takes_it_away_again() {
    String role = "lake";
    server
        .call(
            "CreateRole",
            "RoleName",
            role,
            "AssumeRolePolicyDocument",
            IamServer.TRUST,
            "Tags.member.1.Key",
            "team",
            "Tags.member.1.Value",
            "red")
        .requireOk();
    String policy =
        server
            .call("CreatePolicy", "PolicyName", "get", "PolicyDocument", ALLOW_GET)
            .requireOk()
            .element("Arn");
    assertThat(policy).isEqualTo(server.arn("policy/get"));
    server.call("AttachRolePolicy", "RoleName", role, "PolicyArn", policy).requireOk();
    server
        .call("PutRolePolicy", "RoleName", role, "PolicyName", "in", "PolicyDocument", ALLOW_GET)
        .requireOk();
    server.call("CreateInstanceProfile", "InstanceProfileName", "p").requireOk();
    server
        .call("AddRoleToInstanceProfile", "InstanceProfileName", "p", "RoleName", role)
        .requireOk();
    Answer shown = server.call("GetRole", "RoleName", role).requireOk();
    assertThat(shown.element("RoleId")).matches("AROA[A-Z2-7]{17}");
    assertThat(shown.element("AssumeRolePolicyDocument")).startsWith("%7B%22Version%22%3A");
    assertThat(shown.element("MaxSessionDuration")).isEqualTo("3600");
    assertThat(shown.element("Key")).isEqualTo("team");
    assertThat(server.call("ListAttachedRolePolicies", "RoleName", role).elements("PolicyArn"))
        .containsExactly(policy);
    assertThat(server.call("ListRolePolicies", "RoleName", role).elements("member"))
        .containsExactly("in");
    assertThat(server.call("ListInstanceProfilesForRole", "RoleName", role).elements("RoleName"))
        .containsExactly(role);

    assertThat(server.call("DeleteRole", "RoleName", role).outcome())
        .isEqualTo("409 DeleteConflict");
    server
        .call("RemoveRoleFromInstanceProfile", "InstanceProfileName", "p", "RoleName", role)
        .requireOk();
    server.call("DeleteInstanceProfile", "InstanceProfileName", "p").requireOk();
    assertThat(server.call("DeleteRole", "RoleName", role).outcome())
        .isEqualTo("409 DeleteConflict");
    server.call("DeleteRolePolicy", "RoleName", role, "PolicyName", "in").requireOk();
    assertThat(server.call("DeletePolicy", "PolicyArn", policy).outcome())
        .isEqualTo("409 DeleteConflict");
    server.call("DetachRolePolicy", "RoleName", role, "PolicyArn", policy).requireOk();
    server.call("DeletePolicy", "PolicyArn", policy).requireOk();
    server.call("DeleteRole", "RoleName", role).requireOk();
    assertThat(server.call("GetRole", "RoleName", role).outcome()).isEqualTo("404 NoSuchEntity");
  }

  @Test
  @Evidence("attack-80")
  void deactivated_or_deleted_key_is_refused_at_once_with_its_sessions() {
    server.call("CreateUser", "UserName", "u").requireOk();
    Answer key = server.call("CreateAccessKey", "UserName", "u").requireOk();
    String id = key.element("AccessKeyId");
    assertThat(id).matches("AKIA[A-Z2-7]{16}");
    assertThat(server.key(id).secret()).isEqualTo(key.element("SecretAccessKey")).hasSize(40);
    Answer session = server.sts(server.key(id), "GetSessionToken").requireOk();
    assertThat(server.use(session)).isEqualTo("ok");

    status(id, "Inactive");
    assertThat(server.use(id, Optional.empty())).isEqualTo("INACTIVE_ACCESS_KEY");
    assertThat(server.use(session)).isEqualTo("INACTIVE_ACCESS_KEY");
    status(id, "Active");
    assertThat(server.use(session)).isEqualTo("ok");

    server.call("DeleteAccessKey", "UserName", "u", "AccessKeyId", id).requireOk();
    assertThat(server.use(id, Optional.empty())).isEqualTo("UNKNOWN_ACCESS_KEY");
    assertThat(server.use(session)).isEqualTo("INACTIVE_ACCESS_KEY");
  }

  private void status(String key, String status) {
    server
        .call("UpdateAccessKey", "UserName", "u", "AccessKeyId", key, "Status", status)
        .requireOk();
  }

  @Test
  @Evidence("attack-80")
  void role_made_anew_does_not_revive_the_sessions_of_the_old_one() {
    createRole("r");
    Answer session = assume("r").requireOk();
    assertThat(server.use(session)).isEqualTo("ok");
    server.call("DeleteRole", "RoleName", "r").requireOk();
    assertThat(server.use(session)).isEqualTo("INACTIVE_ACCESS_KEY");
    assertThat(assume("r").outcome()).isEqualTo("403 AccessDenied");
    createRole("r");
    assertThat(server.use(session)).isEqualTo("INACTIVE_ACCESS_KEY");
    assertThat(server.use(assume("r").requireOk())).isEqualTo("ok");
  }

  @Test
  @Evidence("attack-80")
  void role_made_anew_does_not_revive_sessions_assumed_through_it() {
    createRole("first");
    createRole("second");
    server
        .call(
            "PutRolePolicy",
            "RoleName",
            "first",
            "PolicyName",
            "p",
            "PolicyDocument",
            ALLOW_GET.replace("s3:GetObject", "sts:AssumeRole"))
        .requireOk();
    Answer child =
        server
            .sts(
                server.session(assume("first").requireOk()),
                "AssumeRole",
                "RoleArn",
                server.arn("role/second"),
                "RoleSessionName",
                "child")
            .requireOk();
    assertThat(server.use(child)).isEqualTo("ok");
    server.call("DeleteRolePolicy", "RoleName", "first", "PolicyName", "p").requireOk();
    server.call("DeleteRole", "RoleName", "first").requireOk();
    assertThat(server.use(child)).isEqualTo("INACTIVE_ACCESS_KEY");
    createRole("first");
    assertThat(server.use(child)).isEqualTo("INACTIVE_ACCESS_KEY");
  }

  private void createRole(String name) {
    server
        .call("CreateRole", "RoleName", name, "AssumeRolePolicyDocument", IamServer.TRUST)
        .requireOk();
  }

  private Answer assume(String role) {
    return server.sts(
        server.key("ADMIN"),
        "AssumeRole",
        "RoleArn",
        server.arn("role/" + role),
        "RoleSessionName",
        "session");
  }

  @Test
  void policies_of_user_group_and_boundary_count_at_the_next_request() {
    Keys user = server.user("u");
    assertThat(server.may(user, "s3:GetObject", OBJECT)).isFalse();
    server.call("CreateGroup", "GroupName", "g").requireOk();
    server.call("AddUserToGroup", "GroupName", "g", "UserName", "u").requireOk();
    server
        .call(
            "AttachGroupPolicy",
            "GroupName",
            "g",
            "PolicyArn",
            "arn:aws:iam::aws:policy/AmazonS3FullAccess")
        .requireOk();
    Keys member = server.key(user.access());
    assertThat(server.may(member, "s3:PutObject", OBJECT)).isTrue();
    server.call("CreatePolicy", "PolicyName", "cap", "PolicyDocument", ALLOW_GET).requireOk();
    server
        .call(
            "PutUserPermissionsBoundary",
            "UserName",
            "u",
            "PermissionsBoundary",
            server.arn("policy/cap"))
        .requireOk();
    Keys bounded = server.key(user.access());
    assertThat(server.may(bounded, "s3:PutObject", OBJECT)).isFalse();
    assertThat(server.may(bounded, "s3:GetObject", OBJECT)).isTrue();
    Answer session = server.sts(bounded, "GetSessionToken").requireOk();
    assertThat(server.may(server.session(session), "s3:PutObject", OBJECT)).isFalse();
    assertThat(server.call("DeletePolicy", "PolicyArn", server.arn("policy/cap")).outcome())
        .isEqualTo("409 DeleteConflict");
    server.call("DeleteUserPermissionsBoundary", "UserName", "u").requireOk();
    server.call("RemoveUserFromGroup", "GroupName", "g", "UserName", "u").requireOk();
    assertThat(server.may(server.key(user.access()), "s3:GetObject", OBJECT)).isFalse();
  }

  @Test
  void change_on_another_node_is_seen_without_asking() throws InterruptedException {
    Keys user = server.user("u");
    try (IamServer other = server.neighbour()) {
      assertThat(other.use(user.access(), Optional.empty())).isEqualTo("ok");
      server.call("DeleteAccessKey", "UserName", "u", "AccessKeyId", user.access());
      long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (other.use(user.access(), Optional.empty()).equals("ok")
          && System.nanoTime() < deadline) {
        Thread.sleep(10);
      }
      assertThat(other.use(user.access(), Optional.empty())).isEqualTo("UNKNOWN_ACCESS_KEY");
    }
  }

  @Test
  @Evidence("attack-42")
  void user_without_rights_cannot_touch_keys_of_others_nor_its_own() {
    Keys user = server.user("u");
    server.user("victim");
    for (String target : new String[] {"victim", "root-admin", "u"}) {
      assertThat(server.call(user, "CreateAccessKey", "UserName", target).outcome())
          .isEqualTo("403 AccessDenied");
    }
    server
        .call(
            "PutUserPolicy",
            "UserName",
            "u",
            "PolicyName",
            "own",
            "PolicyDocument",
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":"
                + "\"iam:*AccessKey*\",\"Resource\":\"arn:aws:iam::*:user/${aws:username}\"}]}")
        .requireOk();
    Keys self = server.key(user.access());
    assertThat(server.call(self, "CreateAccessKey").outcome()).isEqualTo("ok");
    assertThat(server.call(self, "CreateAccessKey").outcome()).isEqualTo("409 LimitExceeded");
    assertThat(server.call(self, "CreateAccessKey", "UserName", "victim").outcome())
        .isEqualTo("403 AccessDenied");
    String victims = server.call("ListAccessKeys", "UserName", "victim").element("AccessKeyId");
    assertThat(
            server
                .call(self, "UpdateAccessKey", "AccessKeyId", victims, "Status", "Inactive")
                .outcome())
        .isEqualTo("404 NoSuchEntity");
  }

  @Test
  @Evidence("attack-24")
  void narrowed_session_of_an_administrator_cannot_shed_its_policy() {
    Answer session =
        server.sts(
            server.key("ADMIN"), "AssumeRole", "RoleSessionName", "narrow", "Policy", ALLOW_GET);
    for (String action : new String[] {"CreateAccessKey", "CreateLoginProfile", "GetUser"}) {
      assertThat(server.call(server.session(session), action).outcome())
          .isEqualTo("403 AccessDenied");
    }
  }

  /** AWS, "Comparison of STS credentials": no IAM without MFA, which there is none of here. */
  @Test
  @Evidence("attack-24")
  void temporary_credentials_of_a_user_cannot_call_iam_and_those_of_a_role_can() {
    Keys admin = server.key("ADMIN");
    createRole("r");
    server
        .call("PutRolePolicy", "RoleName", "r", "PolicyName", "p", "PolicyDocument", ALLOW_ALL)
        .requireOk();
    for (Answer issued :
        new Answer[] {
          server.sts(admin, "GetSessionToken"),
          server.sts(admin, "AssumeRole", "RoleSessionName", "s1"),
          server.sts(admin, "GetFederationToken", "Name", "bob", "Policy", ALLOW_ALL)
        }) {
      Keys session = server.session(issued.requireOk());
      Answer refused = server.call(session, "ListUsers");
      assertThat(refused.outcome()).isEqualTo("403 AccessDenied");
      assertThat(refused.element("Message")).contains("iam:ListUsers");
      assertThat(refused.element("DecisionId")).matches("[0-9A-F]{16}");
      assertThat(server.call(session, "GetUser").outcome()).isEqualTo("403 AccessDenied");
    }
    Keys role = server.session(assume("r").requireOk());
    assertThat(server.call(role, "ListUsers").outcome()).isEqualTo("ok");
  }

  @Test
  @Evidence("attack-43")
  void right_to_one_action_gives_no_neighbouring_one() {
    Keys user = server.user("u");
    server
        .call(
            "PutUserPolicy",
            "UserName",
            "u",
            "PolicyName",
            "p",
            "PolicyDocument",
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
                + "\"Action\":\"iam:AttachUserPolicy\",\"Resource\":\"*\",\"Condition\":"
                + "{\"ArnEquals\":{\"iam:PolicyARN\":"
                + "\"arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess\"}}}]}")
        .requireOk();
    Keys limited = server.key(user.access());
    assertThat(attach(limited, "AmazonS3ReadOnlyAccess")).isEqualTo("ok");
    assertThat(attach(limited, "AdministratorAccess")).isEqualTo("403 AccessDenied");
    assertThat(
            server
                .call(
                    limited,
                    "DetachUserPolicy",
                    "UserName",
                    "u",
                    "PolicyArn",
                    "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess")
                .outcome())
        .isEqualTo("403 AccessDenied");
  }

  private String attach(Keys caller, String policy) {
    return server
        .call(
            caller,
            "AttachUserPolicy",
            "UserName",
            "u",
            "PolicyArn",
            "arn:aws:iam::aws:policy/" + policy)
        .outcome();
  }

  @Test
  void users_that_may_only_be_made_with_a_boundary_cannot_be_made_without() {
    server.call("CreatePolicy", "PolicyName", "cap", "PolicyDocument", ALLOW_GET).requireOk();
    Keys user = server.user("u");
    server
        .call(
            "PutUserPolicy",
            "UserName",
            "u",
            "PolicyName",
            "p",
            "PolicyDocument",
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":"
                + "[\"iam:CreateUser\",\"iam:DeleteUser*\"],\"Resource\":\"*\",\"Condition\":"
                + "{\"StringEquals\":{\"iam:PermissionsBoundary\":\""
                + server.arn("policy/cap")
                + "\"}}}]}")
        .requireOk();
    Keys limited = server.key(user.access());
    assertThat(server.call(limited, "CreateUser", "UserName", "v").outcome())
        .isEqualTo("403 AccessDenied");
    assertThat(
            server
                .call(
                    limited,
                    "CreateUser",
                    "UserName",
                    "v",
                    "PermissionsBoundary",
                    server.arn("policy/cap"))
                .outcome())
        .isEqualTo("ok");
    assertThat(server.call(limited, "DeleteUser", "UserName", "v").outcome()).isEqualTo("ok");
    assertThat(server.call(limited, "DeleteUser", "UserName", "reader").outcome())
        .isEqualTo("403 AccessDenied");
  }
}
