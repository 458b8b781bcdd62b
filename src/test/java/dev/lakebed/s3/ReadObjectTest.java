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
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** GetObject, HeadObject and GetObjectAttributes. */
@Evidence({"contract-4.9", "contract-4.10"})
class ReadObjectTest {
  private final TestServer server = TestServer.inMemory();
  private final TestClient s3 = server.s3();
  private String etag = "";

  @BeforeEach
  void object() {
    s3.send("PUT", "/bkt");
    etag = s3.put("/bkt/k", "0123456789").header("etag");
  }

  @Test
  void head_says_what_get_says_without_body() {
    Answer get = s3.send("GET", "/bkt/k");
    Answer head = s3.send("HEAD", "/bkt/k");
    assertThat(get.text()).isEqualTo("0123456789");
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().all()).containsExactlyInAnyOrderElementsOf(get.headers().all());
    assertThat(head.header("content-length")).isEqualTo("10");
    assertThat(head.header("accept-ranges")).isEqualTo("bytes");
    assertThat(HttpDate.parse(head.header("last-modified"))).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-3, 0123, 0-3",
    "bytes=4-, 456789, 4-9",
    "bytes=-3, 789, 7-9",
    "bytes=-30, 0123456789, 0-9",
    "bytes=8-99, 89, 8-9",
    "bytes=9-9, 9, 9-9",
    "bytes=0-99999999999999999999999, 0123456789, 0-9"
  })
  @Evidence("attack-72")
  void a_single_range_is_served(String range, String text, String content) {
    Answer get = s3.send("GET", "/bkt/k", "range", range);
    assertThat(get.status()).isEqualTo(206);
    assertThat(get.text()).isEqualTo(text);
    assertThat(get.header("content-range")).isEqualTo("bytes " + content + "/10");
    Answer head = s3.send("HEAD", "/bkt/k", "range", range);
    assertThat(head.status()).isEqualTo(206);
    assertThat(head.header("content-length")).isEqualTo(Integer.toString(text.length()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=10-", "bytes=10-20", "bytes=-0", "bytes=99999999999999999999999-"})
  @Evidence("attack-72")
  void a_range_beyond_the_object_is_416(String range) {
    Answer get = s3.send("GET", "/bkt/k", "range", range);
    assertThat(get.status()).isEqualTo(416);
    assertThat(get.code()).isEqualTo("InvalidRange");
    assertThat(get.element("ActualObjectSize")).isEqualTo("10");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"bytes=5-2", "bytes=a-b", "bytes=0-1,3-4", "lines=1-2", "bytes=-", "bytes=--1"})
  @Evidence("rule-51")
  void a_malformed_or_multiple_range_gives_everything(String range) {
    Answer get = s3.send("GET", "/bkt/k", "range", range);
    assertThat(get.status()).isEqualTo(200);
    assertThat(get.text()).isEqualTo("0123456789");
  }

  @Test
  @Evidence("attack-72")
  void a_thousand_ranges_give_everything() {
    String ranges = "bytes=0-1" + ",2-3".repeat(1000);
    assertThat(s3.send("GET", "/bkt/k", "range", ranges).status()).isEqualTo(200);
  }

  @Test
  void a_range_from_a_byte_of_an_empty_object_is_416() {
    s3.put("/bkt/empty", "");
    for (String range : List.of("bytes=0-", "bytes=-0", "bytes=0-0")) {
      assertThat(s3.send("GET", "/bkt/empty", "range", range).status()).isEqualTo(416);
    }
  }

  /** RFC 9110 section 14.1.2: an object shorter than the suffix is served whole. */
  @Test
  void the_last_bytes_of_an_empty_object_are_the_empty_object() {
    s3.put("/bkt/empty", "");
    for (String method : List.of("GET", "HEAD")) {
      Answer answer = s3.send(method, "/bkt/empty", "range", "bytes=-13");
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("content-length")).isEqualTo("0");
      assertThat(answer.find("content-range")).isEmpty();
    }
  }

  @Test
  void if_range_of_another_version_gives_everything() {
    Answer same = s3.send("GET", "/bkt/k", "range", "bytes=1-1", "if-range", etag);
    assertThat(same.status()).isEqualTo(206);
    Answer other = s3.send("GET", "/bkt/k", "range", "bytes=1-1", "if-range", "\"other\"");
    assertThat(other.status()).isEqualTo(200);
  }

  /** Conditions of GetObjectAttributes are those of GetObject. */
  @Test
  void conditions_hold_for_the_attributes_too() {
    String wanted = "x-amz-object-attributes";
    String before = HttpDate.header(Instant.now().minus(Duration.ofDays(1)));
    for (String[] row :
        new String[][] {
          {"if-match", etag, "200"},
          {"if-match", "\"x\"", "412"},
          {"if-none-match", etag, "304"},
          {"if-none-match", "\"x\"", "200"},
          {"if-modified-since", before, "200"},
          {"if-unmodified-since", before, "412"}
        }) {
      Answer answer = s3.send("GET", "/bkt/k?attributes", wanted, "ObjectSize", row[0], row[1]);
      assertThat(answer.status()).as(row[0]).isEqualTo(Integer.parseInt(row[2]));
    }
  }

  @Test
  void conditions_follow_the_table() {
    String before = HttpDate.header(Instant.now().minus(Duration.ofDays(1)));
    String after = HttpDate.header(Instant.now().plus(Duration.ofDays(1)));
    assertThat(status("if-match", etag)).isEqualTo(200);
    assertThat(status("if-match", etag.replace("\"", ""))).isEqualTo(200);
    assertThat(status("if-match", "*")).isEqualTo(200);
    assertThat(status("if-match", "\"x\", " + etag)).isEqualTo(200);
    assertThat(status("if-match", "\"x\"")).isEqualTo(412);
    assertThat(status("if-match", "W/" + etag)).isEqualTo(412);
    assertThat(status("if-none-match", etag)).isEqualTo(304);
    assertThat(status("if-none-match", "\"x\"")).isEqualTo(200);
    assertThat(status("if-modified-since", after)).isEqualTo(304);
    assertThat(status("if-modified-since", before)).isEqualTo(200);
    assertThat(status("if-modified-since", "no date")).isEqualTo(200);
    assertThat(status("if-unmodified-since", before)).isEqualTo(412);
    assertThat(status("if-unmodified-since", after)).isEqualTo(200);
    assertThat(status("if-match", etag, "if-unmodified-since", before)).isEqualTo(200);
    assertThat(status("if-none-match", etag, "if-modified-since", before)).isEqualTo(304);
    assertThat(status("if-none-match", "\"x\"", "if-modified-since", after)).isEqualTo(200);
  }

  private int status(String... headers) {
    int get = s3.send("GET", "/bkt/k", headers).status();
    assertThat(s3.send("HEAD", "/bkt/k", headers).status()).isEqualTo(get);
    return get;
  }

  @Test
  @Evidence("rule-50")
  void not_modified_keeps_validators_and_has_no_body() {
    Answer answer = s3.send("GET", "/bkt/k", "if-none-match", etag);
    assertThat(answer.status()).isEqualTo(304);
    assertThat(answer.header("etag")).isEqualTo(etag);
    assertThat(answer.find("last-modified")).isPresent();
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void the_time_of_the_last_modified_header_counts_as_unmodified() {
    String modified = s3.send("HEAD", "/bkt/k").header("last-modified");
    assertThat(status("if-unmodified-since", modified)).isEqualTo(200);
    assertThat(status("if-modified-since", modified)).isEqualTo(304);
  }

  @Test
  @Evidence("rule-39")
  void checksums_are_shown_only_when_asked_and_never_on_a_range() {
    assertThat(s3.send("GET", "/bkt/k").find("x-amz-checksum-crc64nvme")).isEmpty();
    String mode = "x-amz-checksum-mode";
    Answer whole = s3.send("GET", "/bkt/k", mode, "ENABLED");
    assertThat(whole.find("x-amz-checksum-crc64nvme")).isPresent();
    assertThat(whole.header("x-amz-checksum-type")).isEqualTo("FULL_OBJECT");
    Answer range = s3.send("GET", "/bkt/k", mode, "ENABLED", "range", "bytes=0-");
    assertThat(range.status()).isEqualTo(206);
    assertThat(range.find("x-amz-checksum-crc64nvme")).isEmpty();
    assertThat(range.find("x-amz-checksum-type")).isEmpty();
  }

  @Test
  @Evidence("rule-44")
  void stray_request_headers_are_ignored() {
    Answer get =
        s3.send(
            "GET",
            "/bkt/k",
            "range",
            "bytes=0-1",
            "x-amz-te",
            "append-md5",
            "x-amz-checksum-crc32",
            "AAAAAA==",
            "amz-sdk-invocation-id",
            "1");
    assertThat(get.status()).isEqualTo(206);
    assertThat(get.text()).isEqualTo("01");
  }

  @Test
  @Evidence("rule-52")
  void part_numbers_of_an_object_put_in_one_piece() {
    Answer first = s3.send("GET", "/bkt/k?partNumber=1");
    assertThat(first.status()).isEqualTo(206);
    assertThat(first.text()).isEqualTo("0123456789");
    assertThat(first.find("x-amz-mp-parts-count")).isEmpty();
    Answer second = s3.send("GET", "/bkt/k?partNumber=2");
    assertThat(second.status()).isEqualTo(416);
    assertThat(second.code()).isEqualTo("InvalidPartNumber");
    Answer both = s3.send("GET", "/bkt/k?partNumber=1", "range", "bytes=0-1");
    assertThat(both.status()).isEqualTo(400);
    assertThat(both.code()).isEqualTo("InvalidRequest");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "10001", "x", "99999999999"})
  @Evidence("attack-72")
  void a_part_number_out_of_range_is_refused(String number) {
    Answer answer = s3.send("GET", "/bkt/k?partNumber=" + number);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("InvalidArgument");
  }

  @Test
  void response_headers_are_overridden_for_signed_requests_only() {
    String target = "/bkt/k?response-content-type=text%2Fplain&response-cache-control=%C3%A9";
    Answer get = s3.send("GET", target);
    assertThat(get.headers().all("content-type")).containsExactly("text/plain");
    assertThat(get.header("cache-control")).isEqualTo("\u00c3\u00a9");
    s3.as(TestCaller.anonymous(p -> true));
    assertThat(s3.send("GET", target).code()).isEqualTo("InvalidRequest");
    assertThat(s3.send("GET", "/bkt/k").status()).isEqualTo(200);
  }

  @Test
  @Evidence("attack-60")
  void no_header_is_injected_by_an_override() {
    Answer get = s3.send("GET", "/bkt/k?response-content-disposition=a%0D%0AX-Evil:%201");
    assertThat(get.status()).isEqualTo(400);
    assertThat(get.code()).isEqualTo("InvalidArgument");
  }

  @Test
  @Evidence("rule-53")
  void a_missing_key_is_404_only_for_who_may_list_it() {
    assertThat(s3.send("GET", "/bkt/none").code()).isEqualTo("NoSuchKey");
    assertThat(s3.send("HEAD", "/bkt/none").status()).isEqualTo(404);
    s3.as(TestCaller.may(p -> p.action().equals("s3:GetObject")));
    Answer denied = s3.send("GET", "/bkt/none");
    assertThat(denied.status()).isEqualTo(403);
    assertThat(denied.code()).isEqualTo("AccessDenied");
    assertThat(denied.element("Message")).contains("s3:ListBucket");
    s3.as(
        TestCaller.may(
            p ->
                p.action().equals("s3:GetObject")
                    || (p.action().equals("s3:ListBucket")
                        && p.keys().values("s3:prefix").equals(List.of("t/none")))));
    assertThat(s3.send("HEAD", "/bkt/t/none").status()).isEqualTo(404);
    assertThat(s3.send("HEAD", "/bkt/t").status()).isEqualTo(403);
  }

  @Test
  @Evidence("attack-32")
  void a_version_needs_its_own_right() {
    assertThat(s3.send("GET", "/bkt/k?versionId=null").text()).isEqualTo("0123456789");
    s3.as(TestCaller.may(p -> p.action().equals("s3:GetObject")));
    assertThat(s3.send("GET", "/bkt/k").status()).isEqualTo(200);
    assertThat(s3.send("GET", "/bkt/k?versionId=null").status()).isEqualTo(403);
    s3.as(TestCaller.may(p -> p.action().equals("s3:GetObjectVersion")));
    assertThat(s3.send("GET", "/bkt/k?versionId=null").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "3sL4kqtJlcpXroDTDmJ.rmSpXd3dIbrHY, 404, NoSuchVersion",
    "../../etc/passwd, 400, InvalidArgument",
    "'', 400, InvalidArgument",
    "a%00, 400, InvalidArgument",
    "garbage, 400, InvalidArgument"
  })
  @Evidence("attack-58")
  void a_version_that_cannot_be_is_refused(String id, int status, String code) {
    for (String more : List.of("", "&tagging", "&acl")) {
      Answer answer = s3.send("GET", "/bkt/k?versionId=" + id + more);
      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.code()).isEqualTo(code);
    }
    assertThat(s3.send("HEAD", "/bkt/k?versionId=" + id).status()).isEqualTo(status);
  }

  @Test
  void encryption_headers_do_not_belong_on_a_read() {
    Answer managed = s3.send("GET", "/bkt/k", "x-amz-server-side-encryption", "AES256");
    assertThat(managed.code()).isEqualTo("InvalidArgument");
    Answer customer = s3.send("GET", "/bkt/k", "x-amz-server-side-encryption-customer-key", "x");
    assertThat(customer.code()).isEqualTo("InvalidRequest");
  }

  @Test
  void tags_of_the_object_are_condition_keys() {
    s3.put("/bkt/k", "x", "x-amz-tagging", "team=a");
    s3.as(TestCaller.may(p -> p.keys().values("s3:existingobjecttag/team").equals(List.of("a"))));
    assertThat(s3.send("GET", "/bkt/k").status()).isEqualTo(200);
    s3.as(TestCaller.may(p -> p.keys().values("s3:existingobjecttag/team").equals(List.of("b"))));
    assertThat(s3.send("GET", "/bkt/k").status()).isEqualTo(403);
  }

  @Test
  void attributes_tell_what_is_asked_for() {
    Answer all =
        s3.send(
            "GET",
            "/bkt/k?attributes",
            "x-amz-object-attributes",
            "ETag,Checksum,ObjectParts,StorageClass,ObjectSize");
    assertThat(all.status()).isEqualTo(200);
    assertThat(all.element("ETag")).isEqualTo(etag.replace("\"", ""));
    assertThat(all.element("ChecksumCRC64NVME")).isNotEmpty();
    assertThat(all.element("ObjectSize")).isEqualTo("10");
    assertThat(all.element("StorageClass")).isEqualTo("STANDARD");
    assertThat(all.element("PartsCount")).isEmpty();
    assertThat(s3.send("GET", "/bkt/k?attributes").code()).isEqualTo("InvalidArgument");
    Answer unknown = s3.send("GET", "/bkt/k?attributes", "x-amz-object-attributes", "Colour");
    assertThat(unknown.code()).isEqualTo("InvalidArgument");
  }
}
