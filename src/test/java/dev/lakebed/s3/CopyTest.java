package dev.lakebed.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.kit.Answer;
import dev.lakebed.kit.TestCaller;
import dev.lakebed.kit.TestClient;
import dev.lakebed.kit.TestServer;
import dev.lakebed.s3.rest.HttpDate;
import dev.lakebed.support.Evidence;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CopyObject and UploadPartCopy. */
@Evidence({"contract-4.8", "contract-4.9", "contract-4.14"})
class CopyTest {
  private static final String SOURCE = "x-amz-copy-source";

  private final TestServer server = TestServer.inMemory();
  private final TestClient s3 = server.s3();
  private String etag = "";

  @BeforeEach
  void source() {
    s3.send("PUT", "/src");
    s3.send("PUT", "/dst");
    etag =
        s3.put(
                "/src/a%20b%2Bc",
                "hello",
                "content-type",
                "text/x",
                "x-amz-meta-m",
                "1",
                "x-amz-checksum-crc32",
                "NhCmhg==",
                "x-amz-storage-class",
                "STANDARD_IA")
            .header("etag");
  }

  private Answer copy(String target, String... headers) {
    String[] all = new String[headers.length + 2];
    all[0] = SOURCE;
    all[1] = "/src/a%20b%2Bc";
    System.arraycopy(headers, 0, all, 2, headers.length);
    return s3.send("PUT", target, all);
  }

  @Test
  @Evidence("rule-57")
  void a_copy_takes_bytes_and_metadata_along() {
    Answer copy = copy("/dst/k", "x-amz-meta-ignored", "2");
    assertThat(copy.status()).isEqualTo(200);
    assertThat(copy.element("ETag")).isEqualTo(etag);
    assertThat(copy.element("ChecksumCRC32")).isEqualTo("NhCmhg==");
    assertThat(copy.element("LastModified")).matches("\\d{4}-.*\\.\\d{3}Z");
    Answer head = s3.send("GET", "/dst/k");
    assertThat(head.text()).isEqualTo("hello");
    assertThat(head.header("content-type")).isEqualTo("text/x");
    assertThat(head.header("x-amz-meta-m")).isEqualTo("1");
    assertThat(head.find("x-amz-meta-ignored")).isEmpty();
    assertThat(head.find("x-amz-storage-class")).isEmpty();
    assertThat(server.stores.blobs.live()).isEqualTo(2);
    assertThat(server.stores.blobs.settled()).isTrue();
  }

  @Test
  void metadata_is_replaced_on_demand_and_the_algorithm_may_change() {
    Answer copy =
        copy(
            "/dst/k",
            "x-amz-metadata-directive",
            "REPLACE",
            "x-amz-meta-n",
            "2",
            "x-amz-checksum-algorithm",
            "SHA1");
    assertThat(copy.element("ChecksumSHA1")).isEqualTo("qvTGHdzF6KLavt4PO0gs2a6pQ00=");
    Answer head = s3.send("HEAD", "/dst/k");
    assertThat(head.header("x-amz-meta-n")).isEqualTo("2");
    assertThat(head.find("x-amz-meta-m")).isEmpty();
    assertThat(head.header("content-type")).isEqualTo("binary/octet-stream");
    assertThat(copy("/dst/k", "x-amz-metadata-directive", "MERGE").code())
        .isEqualTo("InvalidArgument");
  }

  @Test
  @Evidence("rule-57")
  void a_copy_onto_itself_must_change_something() {
    Answer same = copy("/src/a%20b%2Bc");
    assertThat(same.status()).isEqualTo(400);
    assertThat(same.code()).isEqualTo("InvalidRequest");
    assertThat(copy("/src/a%20b%2Bc", "x-amz-metadata-directive", "REPLACE").status())
        .isEqualTo(200);
    assertThat(copy("/src/a%20b%2Bc", "x-amz-storage-class", "STANDARD").status()).isEqualTo(200);
    assertThat(s3.send("GET", "/src/a%20b%2Bc").text()).isEqualTo("hello");
    assertThat(server.stores.blobs.live()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "//",
        "?versionId=",
        "src",
        "/src",
        "src/",
        "//key",
        "src/%zz",
        "src/%FF",
        "arn:aws:s3:us-east-1:0:accesspoint/ap/object/k"
      })
  @Evidence("attack-71")
  void an_odd_source_is_refused(String source) {
    Answer answer = s3.send("PUT", "/dst/k", SOURCE, source);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("InvalidArgument");
    assertThat(s3.send("HEAD", "/dst/k").status()).isEqualTo(404);
  }

  @Test
  void a_missing_source_is_told() {
    assertThat(s3.send("PUT", "/dst/k", SOURCE, "/none/k").code()).isEqualTo("NoSuchBucket");
    assertThat(s3.send("PUT", "/dst/k", SOURCE, "/src/none").code()).isEqualTo("NoSuchKey");
    String other = "/src/none?versionId=3sL4kqtJlcpXroDTDmJ.rmSpXd3dIbrHY";
    assertThat(s3.send("PUT", "/dst/k", SOURCE, other).code()).isEqualTo("NoSuchVersion");
    assertThat(s3.send("PUT", "/dst/k", SOURCE, "/src/none?versionId=garbage").code())
        .isEqualTo("InvalidArgument");
  }

  /** As in a form: boto3, for one, writes a plus of the key as {@code %2B}. */
  @Test
  void a_plus_in_the_source_is_a_blank() {
    s3.put("/src/plus/a%20b", "x");
    assertThat(s3.send("PUT", "/dst/k", SOURCE, "src/plus/a+b").status()).isEqualTo(200);
    s3.put("/src/plus/a+b", "y");
    assertThat(s3.send("PUT", "/dst/k", SOURCE, "src/plus/a%2Bb").status()).isEqualTo(200);
    assertThat(s3.send("GET", "/dst/k").text()).isEqualTo("y");
  }

  @Test
  void a_copy_with_a_body_is_refused() {
    Answer copy = s3.put("/dst/k", "lost", SOURCE, "src/a%20b%2Bc");
    assertThat(copy.status()).isEqualTo(400);
    assertThat(copy.code()).isEqualTo("InvalidRequest");
    String id = s3.send("POST", "/dst/k?uploads").element("UploadId");
    Answer part = s3.put("/dst/k?partNumber=1&uploadId=" + id, "lost", SOURCE, "src/a%20b%2Bc");
    assertThat(part.status()).isEqualTo(400);
    assertThat(part.code()).isEqualTo("InvalidRequest");
    assertThat(server.stores.blobs.live()).isEqualTo(1);
  }

  @Test
  void a_part_copied_into_an_encrypted_upload_says_so() {
    String header = "x-amz-server-side-encryption";
    String id = s3.send("POST", "/dst/k?uploads", header, "AES256").element("UploadId");
    Answer part = copy("/dst/k?partNumber=1&uploadId=" + id);
    assertThat(part.status()).isEqualTo(200);
    assertThat(part.header(header)).isEqualTo("AES256");
  }

  @Test
  @Evidence("attack-71")
  void a_range_beyond_the_source_is_refused_with_its_size() {
    String id = s3.send("POST", "/dst/k?uploads").element("UploadId");
    Answer part =
        copy("/dst/k?partNumber=1&uploadId=" + id, "x-amz-copy-source-range", "bytes=0-1000");
    assertThat(part.status()).isEqualTo(400);
    assertThat(part.code()).isEqualTo("InvalidArgument");
    assertThat(part.element("Message"))
        .isEqualTo("Range specified is not valid for source object of size: 5");
    assertThat(part.element("ArgumentValue")).isEqualTo("bytes=0-1000");
    assertThat(copy("/dst/k?partNumber=1&uploadId=" + id, SOURCE + "-range", "bytes=0-5").code())
        .isEqualTo("InvalidArgument");
    assertThat(server.stores.blobs.live()).isEqualTo(1);
  }

  @Test
  @Evidence("rule-50")
  void a_condition_on_the_source_fails_with_412() {
    String before = HttpDate.header(Instant.now().minus(Duration.ofDays(1)));
    String after = HttpDate.header(Instant.now().plus(Duration.ofDays(1)));
    assertThat(copy("/dst/k", SOURCE + "-if-match", "\"x\"").status()).isEqualTo(412);
    assertThat(copy("/dst/k", SOURCE + "-if-none-match", etag).status()).isEqualTo(412);
    assertThat(copy("/dst/k", SOURCE + "-if-modified-since", after).status()).isEqualTo(412);
    assertThat(copy("/dst/k", SOURCE + "-if-unmodified-since", before).status()).isEqualTo(412);
    assertThat(s3.send("HEAD", "/dst/k").status()).isEqualTo(404);
    assertThat(
            copy("/dst/k", SOURCE + "-if-match", etag, SOURCE + "-if-unmodified-since", before)
                .status())
        .isEqualTo(200);
  }

  @Test
  void a_condition_on_the_target_is_evaluated() {
    assertThat(copy("/dst/k", "if-none-match", "*").status()).isEqualTo(200);
    assertThat(copy("/dst/k", "if-none-match", "*").status()).isEqualTo(412);
    assertThat(copy("/dst/k", "if-match", "\"x\"").status()).isEqualTo(412);
  }

  @Test
  @Evidence("attack-33")
  void a_copy_needs_the_right_to_read_the_source_and_to_write_the_target() {
    s3.as(TestCaller.may(p -> p.action().equals("s3:PutObject")));
    assertThat(copy("/dst/k").status()).isEqualTo(403);
    s3.as(TestCaller.may(p -> p.action().equals("s3:GetObject")));
    assertThat(copy("/dst/k").status()).isEqualTo(403);
    s3.as(
        TestCaller.may(
            p ->
                TestCaller.is(p, "s3:PutObject", "arn:aws:s3:::dst/k")
                    || TestCaller.is(p, "s3:GetObject", "arn:aws:s3:::src/a b+c")));
    assertThat(copy("/dst/k").status()).isEqualTo(200);
    Answer version = s3.send("PUT", "/dst/k", SOURCE, "/src/a%20b%2Bc?versionId=null");
    assertThat(version.status()).isEqualTo(403);
  }

  @Test
  @Evidence("attack-34")
  void the_source_is_a_condition_key_of_the_write() {
    s3.as(
        TestCaller.may(
            p ->
                p.action().equals("s3:GetObject")
                    || p.keys().values("s3:x-amz-copy-source").contains("/src/a b+c")));
    assertThat(copy("/dst/k").status()).isEqualTo(200);
    assertThat(s3.put("/dst/k", "x").status()).isEqualTo(403);
  }

  @Test
  void copied_tags_need_rights_on_tags() {
    s3.put("/src/tagged", "x", "x-amz-tagging", "a=1");
    s3.as(
        TestCaller.may(
            p -> p.action().equals("s3:GetObject") || p.action().equals("s3:PutObject")));
    assertThat(s3.send("PUT", "/dst/k", SOURCE, "src/tagged").status()).isEqualTo(403);
    assertThat(
            s3.send("PUT", "/dst/k", SOURCE, "src/tagged", "x-amz-tagging-directive", "REPLACE")
                .status())
        .isEqualTo(200);
    s3.as(TestCaller.ROOT);
    assertThat(s3.send("GET", "/dst/k?tagging").elements("Key")).isEmpty();
    s3.send("PUT", "/dst/k", SOURCE, "src/tagged");
    assertThat(s3.send("GET", "/dst/k?tagging").elements("Key")).containsExactly("a");
  }

  @Test
  void a_part_is_copied_whole_or_in_a_range() {
    String id = s3.send("POST", "/dst/k?uploads").element("UploadId");
    String target = "/dst/k?partNumber=1&uploadId=" + id;
    Answer part = copy(target, SOURCE + "-range", "bytes=1-3");
    assertThat(part.status()).isEqualTo(200);
    String body =
        "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>%s</ETag></Part>"
            + "</CompleteMultipartUpload>";
    Answer done =
        s3.post("/dst/k?uploadId=" + id, body.formatted(part.element("ETag").replace("\"", "")));
    assertThat(done.status()).isEqualTo(200);
    assertThat(s3.send("GET", "/dst/k").text()).isEqualTo("ell");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"bytes=1-", "bytes=-1", "1-2", "bytes=3-1", "bytes=0-1,2-3", "bytes=a-b", ""})
  @Evidence("rule-58")
  void a_range_of_another_form_is_refused(String range) {
    String id = s3.send("POST", "/dst/k?uploads").element("UploadId");
    Answer part = copy("/dst/k?partNumber=1&uploadId=" + id, SOURCE + "-range", range);
    assertThat(part.status()).isEqualTo(400);
    assertThat(part.code()).isEqualTo("InvalidArgument");
  }
}
