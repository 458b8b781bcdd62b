package dev.lakebed.iam.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.kit.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/**
 * Changes at the same time, on two nodes of one database: quotas and conflicts are exact and nobody
 * gets a 500. Expectations: the quotas of the IAM user guide and the errors that its model names.
 */
class RaceTest {
  private static final int CALLERS = 8;
  private static final String LIMIT = "409 LimitExceeded";
  private static final String S3_FULL = "arn:aws:iam::aws:policy/AmazonS3FullAccess";
  private static final String ALLOW =
      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
          + "\"Action\":\"s3:GetObject\",\"Resource\":\"*\"}]}";

  private final IamServer server = IamServer.start();
  private final IamServer neighbour = server.neighbour();

  @AfterEach
  void stop() {
    neighbour.close();
    server.close();
  }

  private IamServer node(int caller) {
    return caller % 2 == 0 ? server : neighbour;
  }

  /** Outcomes of calls that all begin together. */
  private static List<String> race(int callers, IntFunction<Answer> call)
      throws InterruptedException {
    CyclicBarrier start = new CyclicBarrier(callers);
    List<Callable<String>> calls = new ArrayList<>();
    for (int i = 0; i < callers; i++) {
      int caller = i;
      calls.add(
          () -> {
            start.await();
            return call.apply(caller).outcome();
          });
    }
    try (ExecutorService pool = Executors.newFixedThreadPool(callers)) {
      List<String> outcomes = new ArrayList<>();
      for (Future<String> outcome : pool.invokeAll(calls)) {
        outcomes.add(outcome.get());
      }
      return outcomes;
    } catch (ExecutionException failed) {
      throw new AssertionError(failed);
    }
  }

  private static void requireWinners(List<String> outcomes, int winners, String refusal) {
    assertThat(outcomes).containsOnly("ok", refusal);
    assertThat(outcomes.stream().filter("ok"::equals)).hasSize(winners);
  }

  @Test
  void one_of_many_makes_the_user_whatever_the_case_of_its_name() throws InterruptedException {
    String taken = "409 EntityAlreadyExists";
    requireWinners(
        race(CALLERS, i -> node(i).call("CreateUser", "UserName", i < 4 ? "same" : "SAME")),
        1,
        taken);
    assertThat(server.call("ListUsers").elements("UserName")).hasSize(3);
  }

  @Test
  void user_never_has_more_than_two_keys() throws InterruptedException {
    server.call("CreateUser", "UserName", "u").requireOk();
    requireWinners(race(CALLERS, i -> node(i).call("CreateAccessKey", "UserName", "u")), 2, LIMIT);
    assertThat(server.call("ListAccessKeys", "UserName", "u").elements("AccessKeyId")).hasSize(2);
  }

  @Test
  void user_never_has_more_than_ten_policies() throws InterruptedException {
    server.call("CreateUser", "UserName", "u").requireOk();
    List<String> arns = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      arns.add(
          server
              .call("CreatePolicy", "PolicyName", "p" + i, "PolicyDocument", ALLOW)
              .requireOk()
              .element("Arn"));
    }
    requireWinners(
        race(12, i -> node(i).call("AttachUserPolicy", "UserName", "u", "PolicyArn", arns.get(i))),
        10,
        LIMIT);
    assertThat(server.call("ListAttachedUserPolicies", "UserName", "u").elements("PolicyArn"))
        .hasSize(10);
  }

  @Test
  void policy_attached_by_many_at_once_is_attached_once() throws InterruptedException {
    server.call("CreateUser", "UserName", "u").requireOk();
    assertThat(
            race(
                CALLERS,
                i -> node(i).call("AttachUserPolicy", "UserName", "u", "PolicyArn", S3_FULL)))
        .containsOnly("ok");
    assertThat(server.call("ListAttachedUserPolicies", "UserName", "u").elements("PolicyArn"))
        .containsExactly(S3_FULL);
  }

  @Test
  void policy_never_has_more_than_five_versions_and_no_number_twice() throws InterruptedException {
    String arn =
        server
            .call("CreatePolicy", "PolicyName", "p", "PolicyDocument", ALLOW)
            .requireOk()
            .element("Arn");
    requireWinners(
        race(
            CALLERS,
            i -> node(i).call("CreatePolicyVersion", "PolicyArn", arn, "PolicyDocument", ALLOW)),
        4,
        LIMIT);
    assertThat(server.call("ListPolicyVersions", "PolicyArn", arn).elements("VersionId"))
        .containsExactly("v5", "v4", "v3", "v2", "v1");
  }

  @RepeatedTest(10)
  void deleted_user_leaves_no_key_behind() throws InterruptedException {
    server.call("CreateUser", "UserName", "u").requireOk();
    List<String> outcomes =
        race(
            2,
            i ->
                i == 0
                    ? server.call("DeleteUser", "UserName", "u")
                    : neighbour.call("CreateAccessKey", "UserName", "u"));
    assertThat(outcomes)
        .isIn(List.of("ok", "404 NoSuchEntity"), List.of("409 DeleteConflict", "ok"));
  }

  @RepeatedTest(10)
  void policy_that_is_deleted_is_attached_to_nobody() throws InterruptedException {
    server.call("CreateUser", "UserName", "u").requireOk();
    String arn =
        server
            .call("CreatePolicy", "PolicyName", "p", "PolicyDocument", ALLOW)
            .requireOk()
            .element("Arn");
    List<String> outcomes =
        race(
            2,
            i ->
                i == 0
                    ? server.call("DeletePolicy", "PolicyArn", arn)
                    : neighbour.call("AttachUserPolicy", "UserName", "u", "PolicyArn", arn));
    assertThat(outcomes)
        .isIn(List.of("ok", "404 NoSuchEntity"), List.of("409 DeleteConflict", "ok"));
  }

  @Test
  void changes_of_one_user_at_once_are_all_kept() throws InterruptedException {
    server.call("CreateUser", "UserName", "u").requireOk();
    assertThat(
            race(
                CALLERS,
                i ->
                    node(i)
                        .call(
                            "TagUser",
                            "UserName",
                            "u",
                            "Tags.member.1.Key",
                            "k" + i,
                            "Tags.member.1.Value",
                            "v")))
        .containsOnly("ok");
    assertThat(server.call("ListUserTags", "UserName", "u").elements("Key")).hasSize(CALLERS);
  }
}
