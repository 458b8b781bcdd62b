package dev.lakebed.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.kit.Answer;
import dev.lakebed.kit.TestCaller;
import dev.lakebed.kit.TestClient;
import dev.lakebed.kit.TestServer;
import dev.lakebed.limit.ServerBusyException;
import dev.lakebed.storage.checksum.ChecksumAlgorithm;
import dev.lakebed.support.Evidence;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** DeleteObject and DeleteObjects. */
@Evidence({"contract-4.9", "contract-4.14"})
class DeleteObjectsTest {
  private final TestServer server = TestServer.inMemory();
  private final TestClient s3 = server.s3();

  @BeforeEach
  void objects() {
    s3.send("PUT", "/bkt");
    for (String key : List.of("a", "b", "c%20+%26")) {
      s3.put("/bkt/" + key, "x");
    }
  }

  private Answer delete(String body) {
    String crc = ChecksumAlgorithm.CRC32.of(body.getBytes(StandardCharsets.UTF_8)).base64();
    return s3.post("/bkt?delete", body, "x-amz-checksum-crc32", crc);
  }

  private static String keys(String... keys) {
    StringBuilder body = new StringBuilder("<Delete>");
    for (String key : keys) {
      body.append("<Object><Key>").append(key).append("</Key></Object>");
    }
    return body.append("</Delete>").toString();
  }

  @Test
  void a_key_is_deleted_and_a_missing_one_counts_as_deleted() {
    assertThat(s3.send("DELETE", "/bkt/a").status()).isEqualTo(204);
    assertThat(s3.send("DELETE", "/bkt/a").status()).isEqualTo(204);
    assertThat(s3.send("GET", "/bkt/a").status()).isEqualTo(404);
    assertThat(server.stores.blobs.live()).isEqualTo(2);
  }

  @Test
  void only_one_of_those_who_delete_what_they_saw_succeeds() {
    String etag = s3.send("HEAD", "/bkt/a").header("etag");
    assertThat(s3.send("DELETE", "/bkt/a", "if-match", etag).status()).isEqualTo(204);
    for (String condition : List.of(etag, "*")) {
      Answer late = s3.send("DELETE", "/bkt/a", "if-match", condition);
      assertThat(late.status()).isEqualTo(404);
      assertThat(late.code()).isEqualTo("NoSuchKey");
    }
    assertThat(s3.send("DELETE", "/bkt/a").status()).as("without a condition").isEqualTo(204);
  }

  @Test
  @Evidence("rule-49")
  void a_condition_must_hold() {
    assertThat(s3.send("DELETE", "/bkt/a", "if-match", "\"wrong\"").status()).isEqualTo(412);
    assertThat(s3.send("DELETE", "/bkt/none", "if-match", "\"wrong\"").status()).isEqualTo(404);
    String etag = s3.send("HEAD", "/bkt/a").header("etag");
    assertThat(s3.send("DELETE", "/bkt/a", "if-match", etag).status()).isEqualTo(204);
    assertThat(s3.send("DELETE", "/bkt/b", "if-match", "*").status()).isEqualTo(204);
    assertThat(s3.send("DELETE", "/bkt/c", "x-amz-if-match-size", "1").status()).isEqualTo(501);
  }

  @Test
  void a_version_that_is_not_the_current_one_leaves_the_object() {
    assertThat(s3.send("DELETE", "/bkt/a?versionId=" + "a".repeat(32)).status()).isEqualTo(204);
    assertThat(s3.send("HEAD", "/bkt/a").status()).isEqualTo(200);
    assertThat(s3.send("DELETE", "/bkt/a?versionId=null").status()).isEqualTo(204);
    assertThat(s3.send("HEAD", "/bkt/a").status()).isEqualTo(404);
    s3.as(TestCaller.may(p -> p.action().equals("s3:DeleteObject")));
    assertThat(s3.send("DELETE", "/bkt/b?versionId=null").status()).isEqualTo(403);
  }

  @Test
  void a_version_id_that_cannot_be_is_refused_and_deletes_nothing() {
    for (String id : List.of("garbage", "", "..%2Fx")) {
      Answer answer = s3.send("DELETE", "/bkt/a?versionId=" + id);
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.code()).isEqualTo("InvalidArgument");
    }
    Answer many =
        delete("<Delete><Object><Key>a</Key><VersionId>abc</VersionId></Object></Delete>");
    assertThat(many.status()).isEqualTo(200);
    assertThat(many.code()).isEqualTo("NoSuchVersion");
    assertThat(many.text()).doesNotContain("<Deleted>");
    assertThat(s3.send("HEAD", "/bkt/a").status()).isEqualTo(200);
  }

  @Test
  void who_has_no_turn_to_evaluate_policies_deletes_nothing() {
    s3.as(
        TestCaller.may(
            permission -> {
              if (permission.resource().arn().endsWith("/b")) {
                throw new ServerBusyException("busy");
              }
              return true;
            }));
    Answer answer = delete(keys("a", "b"));
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.code()).isEqualTo("SlowDown");
    assertThat(server.stores.blobs.live()).isEqualTo(3);
  }

  @Test
  void many_keys_are_deleted_and_reported() {
    Answer answer = delete(keys("a", "none", "c +&amp;"));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.elements("Key")).containsExactly("a", "none", "c +&");
    assertThat(answer.text()).doesNotContain("<Error>");
    assertThat(s3.send("GET", "/bkt").elements("Key")).containsExactly("b");
  }

  @Test
  @Evidence("rule-70")
  void quiet_reports_only_errors() {
    String body = keys("a", "b").replace("</Delete>", "<Quiet>true</Quiet></Delete>");
    assertThat(delete(body).elements("Key")).isEmpty();
    assertThat(s3.send("GET", "/bkt").elements("Key")).containsExactly("c +&");
  }

  @Test
  void who_may_not_delete_a_key_hears_that_first() {
    String body =
        "<Delete><Object><Key>a</Key><Size>1</Size></Object>"
            + "<Object><Key>b</Key><VersionId>no version</VersionId></Object></Delete>";
    assertThat(delete(body).elements("Code")).containsExactly("NotImplemented", "NoSuchVersion");
    s3.as(TestCaller.may(right -> false));
    assertThat(delete(body).elements("Code")).containsExactly("AccessDenied", "AccessDenied");
  }

  @Test
  @Evidence("catalog-B11")
  void each_key_is_authorised_for_itself() {
    s3.as(TestCaller.may(p -> TestCaller.is(p, "s3:DeleteObject", "arn:aws:s3:::bkt/a")));
    Answer answer = delete(keys("a", "b"));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).contains("<Deleted><Key>a</Key></Deleted>");
    assertThat(answer.text()).contains("<Error><Key>b</Key><Code>AccessDenied</Code>");
    assertThat(answer.element("DecisionId")).matches("[0-9A-F]{16}");
    s3.as(TestCaller.ROOT);
    assertThat(s3.send("GET", "/bkt").elements("Key")).containsExactly("b", "c +&");
  }

  /** AWS, API_DeleteObjects: "the result … success, or failure" of each key. */
  @Test
  void a_key_that_cannot_be_deleted_now_fails_for_itself() {
    server.stores.metadata.letNobodyDelete("b");
    Answer answer = delete(keys("a", "b", "c +&amp;"));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text())
        .contains("<Deleted><Key>a</Key></Deleted>")
        .contains("<Error><Key>b</Key><Code>InternalError</Code>");
    assertThat(s3.send("GET", "/bkt").elements("Key")).containsExactly("b");
  }

  @Test
  void sixteen_refusals_are_explained_and_a_thousand_make_no_great_answer() {
    s3.as(TestCaller.may(right -> false));
    String[] many = IntStream.range(0, 1000).mapToObj(i -> "k" + i).toArray(String[]::new);
    Answer answer = delete(keys(many));
    assertThat(answer.elements("Key")).hasSize(1000);
    assertThat(answer.elements("Code")).hasSize(1000).containsOnly("AccessDenied");
    assertThat(answer.elements("DecisionId")).hasSize(16);
    assertThat(answer.text().length()).isLessThan(160_000);
  }

  @Test
  void a_long_answer_is_sent_as_it_is_written_and_says_the_same() {
    List<String> keys =
        IntStream.range(0, 1000).mapToObj(i -> "\"".repeat(1000) + "é😀" + i).toList();
    StringBuilder body = new StringBuilder("<Delete>");
    keys.forEach(key -> body.append("<Object><Key>").append(key).append("</Key></Object>"));
    Answer answer = delete(body.append("</Delete>").toString());
    assertThat(answer.header("content-length")).as("not known before").isEqualTo("-1");
    assertThat(answer.elements("Key").stream().map(key -> key.replace("&quot;", "\"")))
        .containsExactlyElementsOf(keys);
    assertThat(answer.text()).startsWith("<?xml").endsWith("</Deleted></DeleteResult>");
  }

  @Test
  void the_whole_request_is_to_be_sent_again_when_no_key_could_be_deleted() {
    server.stores.metadata.letNobodyDelete("a");
    server.stores.metadata.letNobodyDelete("b");
    Answer answer = delete(keys("a", "b"));
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.code()).isEqualTo("SlowDown");
  }

  @Test
  void a_condition_or_a_bad_key_fails_only_its_own_entry() {
    String body =
        "<Delete><Object><Key>a</Key><ETag>\"no\"</ETag></Object>"
            + "<Object><Key>"
            + "k".repeat(1025)
            + "</Key></Object>"
            + "<Object><Key>b</Key><VersionId>../x</VersionId></Object>"
            + "<Object><Key>none</Key><ETag>\"no\"</ETag></Object>"
            + "<Object><Key>b</Key></Object></Delete>";
    Answer answer = delete(body);
    assertThat(answer.elements("Code"))
        .containsExactly("PreconditionFailed", "KeyTooLongError", "NoSuchVersion", "NoSuchKey");
    assertThat(answer.text()).contains("<Deleted><Key>b</Key></Deleted>");
    assertThat(s3.send("HEAD", "/bkt/a").status()).isEqualTo(200);
  }

  @Test
  @Evidence("rule-38")
  void a_body_without_any_digest_is_refused() {
    Answer answer = s3.post("/bkt?delete", keys("a"));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("InvalidRequest");
    Answer wrong = s3.post("/bkt?delete", keys("a"), "x-amz-checksum-crc32", "AAAAAA==");
    assertThat(wrong.code()).isEqualTo("BadDigest");
    String md5 = ChecksumAlgorithm.MD5.of(keys("a").getBytes(StandardCharsets.UTF_8)).base64();
    assertThat(s3.post("/bkt?delete", keys("a"), "content-md5", md5).status()).isEqualTo(200);
  }

  @Test
  @Evidence("attack-56")
  void more_than_a_thousand_keys_are_refused() {
    String[] thousand = new String[1000];
    java.util.Arrays.fill(thousand, "a");
    assertThat(delete(keys(thousand)).status()).isEqualTo(200);
    String[] more = new String[1001];
    java.util.Arrays.fill(more, "b");
    Answer answer = delete(keys(more));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("MalformedXML");
    assertThat(s3.send("HEAD", "/bkt/b").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "<Delete/>",
        "<Delete><Object/></Delete>",
        "<Delete><Object><Key/></Object></Delete>",
        "<Delete><Object><Key>a</Key><Key>b</Key></Object></Delete>",
        "<Delete><Object><Key><b/></Key></Object></Delete>",
        "<Delete><Object><Key>a</Key></Object><Force/></Delete>",
        "<Delete><Object><Key>a</Key></Object><Quiet>maybe</Quiet></Delete>",
        "<Remove><Object><Key>a</Key></Object></Remove>"
      })
  void a_body_of_another_form_is_malformed(String body) {
    Answer answer = delete(body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("MalformedXML");
    assertThat(s3.send("HEAD", "/bkt/a").status()).isEqualTo(200);
  }

  @Test
  void the_name_space_and_character_references_are_understood() {
    String body =
        "<?xml version=\"1.0\"?><Delete xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
            + "<Object><Key>&#97;</Key></Object></Delete>";
    assertThat(delete(body).element("Key")).isEqualTo("a");
  }
}
