package dev.lakebed.s3;

import static dev.lakebed.s3.BucketTaggingTest.tagging;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Permission;
import dev.lakebed.auth.Principal;
import dev.lakebed.kit.Answer;
import dev.lakebed.kit.PolicyCaller;
import dev.lakebed.kit.TestCaller;
import dev.lakebed.kit.TestClient;
import dev.lakebed.kit.TestServer;
import dev.lakebed.policy.Decision;
import dev.lakebed.storage.metadata.object.Objects.WriteCondition;
import dev.lakebed.support.Evidence;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tags of objects: AWS's references of PutObjectTagging, DeleteObjectTagging and CopyObject, and
 * its page "Tagging and access control policies".
 */
@Evidence({"contract-4.1", "contract-4.13", "contract-5.5"})
class ObjectTaggingTest {
  /** A version id that could be. */
  private static final String OTHER = "3sL4kqtJlcpXroDTDmJ.rmSpXd3dIbrHY";

  private final TestServer server = TestServer.inMemory();
  private final TestClient s3 = server.s3();

  @BeforeEach
  void bucketWithAnObject() {
    s3.as(PolicyCaller.admin()).send("PUT", "/bkt");
    assertThat(s3.put("/bkt/k", "x", "x-amz-tagging", "team=red").status()).isEqualTo(200);
  }

  @Test
  void tags_are_replaced_counted_shown_in_order_and_deleted() {
    Answer before = s3.send("HEAD", "/bkt/k");
    assertThat(s3.put("/bkt/k?tagging", tagging(Map.of("b", "1", "a", ""))).status())
        .isEqualTo(200);
    Answer tags = s3.send("GET", "/bkt/k?tagging");
    assertThat(tags.elements("Key")).containsExactly("a", "b");
    assertThat(tags.elements("Value")).containsExactly("", "1");
    Answer after = s3.send("HEAD", "/bkt/k");
    assertThat(after.header("x-amz-tagging-count")).isEqualTo("2");
    assertThat(after.header("etag")).isEqualTo(before.header("etag"));
    assertThat(after.header("last-modified")).isEqualTo(before.header("last-modified"));
    assertThat(s3.send("GET", "/bkt/k").text()).isEqualTo("x");
    assertThat(s3.send("DELETE", "/bkt/k?tagging").status()).isEqualTo(204);
    assertThat(s3.send("DELETE", "/bkt/k?tagging").status()).isEqualTo(204);
    assertThat(s3.send("GET", "/bkt/k?tagging").elements("Key")).isEmpty();
    assertThat(s3.send("HEAD", "/bkt/k").find("x-amz-tagging-count")).isEmpty();
  }

  @Test
  void ten_tags_are_kept_and_one_more_is_refused() {
    for (int count : new int[] {10, 11}) {
      Map<String, String> tags =
          IntStream.range(0, count).boxed().collect(Collectors.toMap(i -> "k" + i, i -> "v"));
      Answer answer = s3.put("/bkt/k?tagging", tagging(tags));
      assertThat(answer.code()).isEqualTo(count == 10 ? "" : "InvalidTag");
    }
    assertThat(s3.send("GET", "/bkt/k?tagging").elements("Key")).hasSize(10);
  }

  @Test
  void the_null_version_is_the_object_and_others_do_not_exist() {
    String tags = tagging(Map.of("a", "1"));
    assertThat(s3.put("/bkt/k?tagging&versionId=null", tags).status()).isEqualTo(200);
    assertThat(s3.send("GET", "/bkt/k?tagging&versionId=null").elements("Key"))
        .containsExactly("a");
    assertThat(s3.put("/bkt/k?tagging&versionId=" + OTHER, tags).code()).isEqualTo("NoSuchVersion");
    assertThat(s3.send("DELETE", "/bkt/k?tagging&versionId=" + OTHER).code())
        .isEqualTo("NoSuchVersion");
    assertThat(s3.send("DELETE", "/bkt/k?tagging&versionId=null").status()).isEqualTo(204);
    assertThat(s3.put("/bkt/gone?tagging", tags).code()).isEqualTo("NoSuchKey");
    assertThat(s3.send("DELETE", "/bkt/gone?tagging").code()).isEqualTo("NoSuchKey");
    assertThat(s3.send("GET", "/bkt/gone?tagging").code()).isEqualTo("NoSuchKey");
    assertThat(s3.send("GET", "/bkt/gone").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "PUT, /bkt/k?tagging, s3:PutObjectTagging, 200",
    "PUT, /bkt/k?tagging&versionId=null, s3:PutObjectVersionTagging, 200",
    "GET, /bkt/k?tagging, s3:GetObjectTagging, 200",
    "GET, /bkt/k?tagging&versionId=null, s3:GetObjectVersionTagging, 200",
    "DELETE, /bkt/k?tagging, s3:DeleteObjectTagging, 204",
    "DELETE, /bkt/k?tagging&versionId=null, s3:DeleteObjectVersionTagging, 204"
  })
  void each_operation_needs_its_right_on_the_object(
      String method, String target, String action, int status) {
    String body = method.equals("PUT") ? tagging(Map.of("a", "c")) : "";
    s3.as(TestCaller.may(p -> !TestCaller.is(p, action, "arn:aws:s3:::bkt/k")));
    assertThat(s3.send(method, target, body, List.of()).code()).isEqualTo("AccessDenied");
    s3.as(TestCaller.may(p -> TestCaller.is(p, action, "arn:aws:s3:::bkt/k")));
    assertThat(s3.send(method, target, body, List.of()).status()).isEqualTo(status);
  }

  @Test
  void a_missing_object_is_told_only_to_who_may_list() {
    s3.as(TestCaller.may(p -> p.action().endsWith("Tagging")));
    assertThat(s3.put("/bkt/gone?tagging", tagging(Map.of())).status()).isEqualTo(403);
    assertThat(s3.send("DELETE", "/bkt/gone?tagging").status()).isEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource({
    "/bkt/k, s3:GetObjectTagging, 1",
    "/bkt/k, s3:GetObjectVersionTagging, ''",
    "/bkt/k?versionId=null, s3:GetObjectVersionTagging, 1",
    "/bkt/k?versionId=null, s3:GetObjectTagging, ''"
  })
  void the_count_is_shown_to_who_may_read_the_tags(String target, String action, String count) {
    s3.as(
        TestCaller.may(
            p ->
                p.action().equals(action)
                    || List.of("s3:GetObject", "s3:GetObjectVersion").contains(p.action())));
    for (String method : List.of("GET", "HEAD")) {
      Answer answer = s3.send(method, target);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.find("x-amz-tagging-count").orElse("")).isEqualTo(count);
    }
  }

  @Test
  void a_policy_on_tags_judges_the_tags_that_were_put_last() {
    String red =
        "{'Effect':'Allow','Action':'s3:GetObject','Resource':'*',"
            + "'Condition':{'StringEquals':{'s3:ExistingObjectTag/team':'red'}}}";
    Caller reader = PolicyCaller.user(PolicyCaller.ACCOUNT, "u", red);
    assertThat(s3.as(reader).send("GET", "/bkt/k").status()).isEqualTo(200);
    s3.as(PolicyCaller.admin()).put("/bkt/k?tagging", tagging(Map.of("team", "blue")));
    assertThat(s3.as(reader).send("GET", "/bkt/k").status()).isEqualTo(403);
    s3.as(PolicyCaller.admin()).put("/bkt/k?tagging", tagging(Map.of("team", "red")));
    assertThat(s3.as(reader).send("GET", "/bkt/k").status()).isEqualTo(200);
    s3.as(PolicyCaller.admin()).send("DELETE", "/bkt/k?tagging");
    assertThat(s3.as(reader).send("GET", "/bkt/k").status()).isEqualTo(403);
  }

  @Test
  void who_may_tag_red_objects_only_cannot_take_another_by_changing_its_tags() {
    String own =
        "{'Effect':'Allow','Action':'s3:PutObjectTagging','Resource':'*','Condition':{"
            + "'StringEquals':{'s3:ExistingObjectTag/team':'red','s3:RequestObjectTag/team':'red'},"
            + "'ForAllValues:StringEquals':{'s3:RequestObjectTagKeys':['team','note']}}}";
    s3.put("/bkt/blue", "x", "x-amz-tagging", "team=blue");
    s3.as(PolicyCaller.user(PolicyCaller.ACCOUNT, "u", own));
    Map<String, String> noted = Map.of("team", "red", "note", "n");
    assertThat(s3.put("/bkt/k?tagging", tagging(noted)).status()).isEqualTo(200);
    assertThat(s3.put("/bkt/k?tagging", tagging(Map.of("team", "blue"))).status()).isEqualTo(403);
    assertThat(s3.put("/bkt/k?tagging", tagging(Map.of("team", "red", "x", ""))).status())
        .isEqualTo(403);
    assertThat(s3.put("/bkt/blue?tagging", tagging(Map.of("team", "red"))).status()).isEqualTo(403);
  }

  /** Does something right after policies have judged by the tags of the object. */
  private record Meddling(Caller judge, Runnable after) implements Caller {
    @Override
    public Principal principal() {
      return judge.principal();
    }

    @Override
    public Decision decide(Permission permission) {
      Decision decision = judge.decide(permission);
      after.run();
      return decision;
    }
  }

  @Test
  void tags_that_changed_after_policies_judged_by_them_abort_the_request() {
    String red =
        "{'Effect':'Allow','Action':'s3:*','Resource':'*',"
            + "'Condition':{'StringEquals':{'s3:ExistingObjectTag/team':'red'}}}";
    long id = server.stores.metadata.find("bkt").orElseThrow().id();
    Caller judged = PolicyCaller.user(PolicyCaller.ACCOUNT, "u", red);
    s3.as(
        new Meddling(
            judged,
            () ->
                server.stores.metadata.tag(id, "k", Map.of("team", "blue"), WriteCondition.NONE)));
    Answer aborted = s3.put("/bkt/k?tagging", tagging(Map.of("team", "mine")));
    assertThat(aborted.status()).isEqualTo(409);
    assertThat(aborted.code()).isEqualTo("OperationAborted");
    assertThat(server.stores.metadata.find(id, "k").orElseThrow().attributes().tags())
        .isEqualTo(Map.of("team", "blue"));
  }

  @Test
  void the_version_that_policies_judged_is_the_one_that_is_read() {
    String red =
        "{'Effect':'Allow','Action':'s3:GetObjectTagging','Resource':'*',"
            + "'Condition':{'StringEquals':{'s3:ExistingObjectTag/team':'red'}}}";
    long id = server.stores.metadata.find("bkt").orElseThrow().id();
    s3.as(
        new Meddling(
            PolicyCaller.user(PolicyCaller.ACCOUNT, "u", red),
            () ->
                server.stores.metadata.tag(
                    id, "k", Map.of("team", "secret"), WriteCondition.NONE)));
    assertThat(s3.send("GET", "/bkt/k?tagging").elements("Value")).containsExactly("red");
    assertThat(s3.send("GET", "/bkt/k?tagging").status()).isEqualTo(403);
  }

  @Test
  void copied_tags_count_as_those_that_the_request_gives() {
    String all = "{'Effect':'Allow','Action':'s3:*','Resource':'*'}";
    String[] source = {"x-amz-copy-source", "bkt/k"};
    for (String value : List.of("red", "blue")) {
      String deny =
          "{'Effect':'Deny','Action':'s3:PutObjectTagging','Resource':'*',"
              + "'Condition':{'StringEquals':{'s3:RequestObjectTag/team':'"
              + value
              + "'}}}";
      s3.as(PolicyCaller.user(PolicyCaller.ACCOUNT, "u", all + "," + deny));
      assertThat(s3.send("PUT", "/bkt/copy", source[0], source[1]).status())
          .isEqualTo(value.equals("red") ? 403 : 200);
    }
  }

  @Test
  void copied_tags_of_a_version_need_the_right_to_read_tags_of_versions() {
    String source = "bkt/k?versionId=null";
    s3.as(TestCaller.may(p -> !p.action().equals("s3:GetObjectVersionTagging")));
    assertThat(s3.send("PUT", "/bkt/copy", "x-amz-copy-source", source).code())
        .isEqualTo("AccessDenied");
    s3.as(TestCaller.may(p -> !p.action().equals("s3:GetObjectTagging")));
    assertThat(s3.send("PUT", "/bkt/copy", "x-amz-copy-source", source).status()).isEqualTo(200);
    s3.as(PolicyCaller.admin());
    assertThat(s3.send("GET", "/bkt/copy?tagging").elements("Value")).containsExactly("red");
    assertThat(
            s3.send(
                    "PUT",
                    "/bkt/copy",
                    "x-amz-copy-source",
                    "bkt/k",
                    "x-amz-tagging-directive",
                    "REPLACE",
                    "x-amz-tagging",
                    "a=b")
                .status())
        .isEqualTo(200);
    assertThat(s3.send("GET", "/bkt/copy?tagging").elements("Key")).containsExactly("a");
  }
}
