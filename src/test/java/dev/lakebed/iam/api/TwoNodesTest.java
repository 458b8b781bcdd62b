package dev.lakebed.iam.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.kit.Answer;
import dev.lakebed.kit.Keys;
import dev.lakebed.support.Evidence;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What one of two servers over one database takes away is gone on the other within a second
 * (docs/security.md, "Node to node"). The bound here is wider, since a machine that builds is slow.
 */
class TwoNodesTest {
  private static final Duration BOUND = Duration.ofSeconds(20);
  private static final String UNKNOWN = "UNKNOWN_ACCESS_KEY";
  private static final String ENDED = "INACTIVE_ACCESS_KEY";
  private static final String ALL =
      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\","
          + "\"Resource\":\"*\"}]}";

  private final IamServer here = IamServer.start();
  private final IamServer there = here.neighbour();
  private final Keys user = here.user("u");

  TwoNodesTest() {
    grant("UserName", "PutUserPolicy", ALL);
    await("ok", () -> there.call(user(), "ListUsers").outcome());
  }

  @AfterEach
  void stop() {
    there.close();
    here.close();
  }

  private Keys user() {
    return there.key(user.access());
  }

  private String useOfKey() {
    return there.use(user.access(), Optional.empty());
  }

  private void grant(String subject, String action, String policy) {
    here.call(action, subject, "u", "PolicyName", "p", "PolicyDocument", policy).requireOk();
  }

  private static void await(String expected, Supplier<String> question) {
    long deadline = System.nanoTime() + BOUND.toNanos();
    String answer = question.get();
    while (!answer.equals(expected) && System.nanoTime() < deadline) {
      LockSupport.parkNanos(10_000_000);
      answer = question.get();
    }
    assertThat(answer).isEqualTo(expected);
    assertThat(question.get()).as("and stays so").isEqualTo(expected);
  }

  private Answer assume(IamServer node, Keys by) {
    return node.sts(by, "AssumeRole", "RoleArn", here.arn("role/u"), "RoleSessionName", "s1")
        .requireOk();
  }

  private void createRole() {
    here.call("CreateRole", "RoleName", "u", "AssumeRolePolicyDocument", IamServer.TRUST)
        .requireOk();
    grant("RoleName", "PutRolePolicy", ALL);
  }

  @Test
  @Evidence("attack-80")
  void an_inactive_key_is_refused_on_the_other_node() {
    here.call(
            "UpdateAccessKey", "UserName", "u", "AccessKeyId", user.access(), "Status", "Inactive")
        .requireOk();
    await(ENDED, this::useOfKey);
  }

  @Test
  @Evidence("attack-80")
  void a_deleted_user_is_refused_on_the_other_node_with_its_sessions() {
    createRole();
    Answer session = assume(here, user());
    await("ok", () -> there.use(session));
    here.call("DeleteAccessKey", "UserName", "u", "AccessKeyId", user.access()).requireOk();
    here.call("DeleteUserPolicy", "UserName", "u", "PolicyName", "p").requireOk();
    here.call("DeleteUser", "UserName", "u").requireOk();
    await(UNKNOWN, this::useOfKey);
    await(here.use(session), () -> there.use(session));
    assertThat(there.use(session)).isNotEqualTo("ok");
  }

  @Test
  @Evidence("attack-80")
  void a_deleted_role_ends_its_sessions_on_the_other_node() {
    createRole();
    Answer session = assume(here, user());
    await("ok", () -> there.use(session));
    here.call("DeleteRolePolicy", "RoleName", "u", "PolicyName", "p").requireOk();
    here.call("DeleteRole", "RoleName", "u").requireOk();
    await(ENDED, () -> there.use(session));
  }

  @Test
  @Evidence("attack-80")
  void a_revoked_session_and_its_child_end_on_the_other_node() {
    createRole();
    Answer session = assume(here, user());
    Answer child = assume(here, here.session(session));
    await("ok", () -> there.use(child));
    here.sts(
            here.key("ROOTKEYOFACCOUNT"),
            "RevokeSessions",
            "AccessKeyId",
            session.element("AccessKeyId"))
        .requireOk();
    await(ENDED, () -> there.use(child));
    await(ENDED, () -> there.use(session));
    assertThat(useOfKey()).as("the user itself").isEqualTo("ok");
  }

  @Test
  @Evidence("attack-80")
  void a_changed_policy_counts_on_the_other_node() {
    grant(
        "UserName", "PutUserPolicy", ALL.replace("\"*\",\"Resource", "\"iam:GetUser\",\"Resource"));
    await("403 AccessDenied", () -> there.call(user(), "ListUsers").outcome());
    assertThat(there.call(user(), "GetUser", "UserName", "u").outcome()).isEqualTo("ok");
  }

  @Test
  @Evidence("attack-80")
  void a_detached_policy_counts_on_the_other_node() {
    String arn = "arn:aws:iam::aws:policy/AdministratorAccess";
    here.call("AttachUserPolicy", "UserName", "u", "PolicyArn", arn).requireOk();
    here.call("DeleteUserPolicy", "UserName", "u", "PolicyName", "p").requireOk();
    here.call("DetachUserPolicy", "UserName", "u", "PolicyArn", arn).requireOk();
    await("403 AccessDenied", () -> there.call(user(), "ListUsers").outcome());
  }
}
