package dev.lakebed.iam.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.kit.Answer;
import dev.lakebed.kit.Keys;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A refusal calls things as the caller named them: whether they exist, where, and how they are
 * spelled is not told to who has no right to see them. What is decided rests on the true ARN.
 */
class RefusalTest {
  private final IamServer server = IamServer.start();
  private Keys stranger;

  @BeforeEach
  void createThings() {
    stranger = server.user("stranger");
    server.call("CreateUser", "UserName", "Alice", "Path", "/board/").requireOk();
    server.call("CreateGroup", "GroupName", "Devs", "Path", "/board/").requireOk();
    role("Vended", "/board/");
    server
        .call("CreateInstanceProfile", "InstanceProfileName", "Box", "Path", "/board/")
        .requireOk();
  }

  private void role(String name, String path) {
    String[] trust = {"AssumeRolePolicyDocument", IamServer.TRUST};
    server.call("CreateRole", "RoleName", name, "Path", path, trust[0], trust[1]).requireOk();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void allow(String statements) {
    server
        .call(
            "PutUserPolicy",
            "UserName",
            "stranger",
            "PolicyName",
            "p",
            "PolicyDocument",
            "{\"Version\":\"2012-10-17\",\"Statement\":[" + statements + "]}")
        .requireOk();
    stranger = server.key(stranger.access());
  }

  private static String statement(String effect, String action, String resource) {
    return "{\"Effect\":\"%s\",\"Action\":\"%s\",\"Resource\":\"%s\"}"
        .formatted(effect, action, resource);
  }

  private void refused(Answer answer, String action, String resource) {
    assertThat(answer.outcome()).isEqualTo("403 AccessDenied");
    assertThat(answer.element("Message"))
        .startsWith(
            "User: %s is not authorized to perform: iam:%s on resource: %s because "
                .formatted(server.arn("user/stranger"), action, server.arn(resource)));
  }

  @ParameterizedTest
  @CsvSource({
    "GetUser, UserName, Alice, user/",
    "GetUser, UserName, ALICE, user/",
    "GetUser, UserName, nobody, user/",
    "DeleteLoginProfile, UserName, alice, user/",
    "ListAccessKeys, UserName, alice, user/",
    "GetGroup, GroupName, devs, group/",
    "GetGroup, GroupName, none, group/",
    "GetRole, RoleName, vended, role/",
    "GetRole, RoleName, filerole, role/",
    "GetRole, RoleName, none, role/",
    "GetInstanceProfile, InstanceProfileName, box, instance-profile/",
    "GetInstanceProfile, InstanceProfileName, none, instance-profile/"
  })
  void a_refusal_has_the_name_that_was_given(
      String action, String parameter, String name, String kind) {
    refused(server.call(stranger, action, parameter, name), action, kind + name);
  }

  @Test
  void what_is_decided_rests_on_the_true_arn() {
    allow(
        statement("Allow", "iam:*", "*")
            + ","
            + statement("Deny", "iam:GetUser", server.arn("user/board/Alice")));
    Answer answer = server.call(stranger, "GetUser", "UserName", "aLICE");
    assertThat(answer.outcome()).isEqualTo("403 AccessDenied");
    assertThat(answer.element("Message"))
        .contains("on resource: " + server.arn("user/aLICE") + " with an explicit deny");
    allow(statement("Allow", "iam:GetUser", server.arn("user/board/*")));
    assertThat(server.call(stranger, "GetUser", "UserName", "alice").requireOk().element("Arn"))
        .isEqualTo(server.arn("user/board/Alice"));
  }

  @Test
  void what_is_not_built_is_told_to_those_who_may_call_it() {
    String action = "UploadServerCertificate";
    assertThat(server.call(action).outcome()).isEqualTo("501 NotImplemented");
    Answer answer = server.call(stranger, action);
    assertThat(answer.outcome()).isEqualTo("403 AccessDenied");
    assertThat(answer.element("Message"))
        .contains("to perform: iam:" + action + " on resource: * ");
  }

  @Test
  void whose_key_it_is_is_not_told() {
    String key = server.call("CreateAccessKey", "UserName", "Alice").element("AccessKeyId");
    String action = "GetAccessKeyLastUsed";
    refused(server.call(stranger, action, "AccessKeyId", key), action, "user/*");
    refused(server.call(stranger, action, "AccessKeyId", "READER1234567890"), action, "user/*");
    allow(statement("Allow", "iam:" + action, server.arn("user/board/Alice")));
    assertThat(server.call(stranger, action, "AccessKeyId", key).requireOk().element("UserName"))
        .isEqualTo("Alice");
  }

  @Test
  void who_may_not_pass_a_role_does_not_learn_of_it() {
    allow(statement("Allow", "iam:AddRoleToInstanceProfile", "*"));
    for (String role : new String[] {"VENDED", "filerole", "none"}) {
      Answer answer =
          server.call(
              stranger, "AddRoleToInstanceProfile", "InstanceProfileName", "Box", "RoleName", role);
      refused(answer, "PassRole", "role/" + role);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "UpdateUser, UserName, alice, NewUserName, Bob, user/Bob",
    "UpdateUser, UserName, alice, NewPath, /x/, user/x/alice",
    "UpdateGroup, GroupName, devs, NewGroupName, Ops, group/Ops",
    "UpdateGroup, GroupName, devs, NewPath, /x/, group/x/devs"
  })
  void a_new_name_that_is_refused_does_not_tell_the_old_one(
      String action, String parameter, String name, String change, String value, String said) {
    allow(
        statement("Allow", "iam:Update*", server.arn("user/board/Alice"))
            + ","
            + statement("Allow", "iam:Update*", server.arn("group/board/Devs")));
    refused(server.call(stranger, action, parameter, name, change, value), action, said);
  }

  /** Else it would speak in the other's name as soon as the file has that one no more. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://idp.example/lake",
        "https://IDP.example/lake",
        "https://gone.example/lake"
      })
  void a_provider_of_the_file_cannot_be_made(String url) {
    assertThat(server.call("CreateOpenIDConnectProvider", "Url", url).outcome())
        .isEqualTo("409 EntityAlreadyExists");
  }
}
