package dev.lakebed.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.http.PercentEncoding;
import dev.lakebed.kit.Answer;
import dev.lakebed.kit.Keys;
import dev.lakebed.kit.TestClient;
import dev.lakebed.kit.TestServer;
import dev.lakebed.ops.Setting;
import dev.lakebed.support.Evidence;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How bucket and key are found. */
class AddressingTest {
  private final TestServer server = TestServer.inMemory();
  private final TestClient s3 = server.s3();

  @BeforeEach
  void bucket() {
    s3.send("PUT", "/bkt");
  }

  @ParameterizedTest
  @CsvSource({
    "/bkt/a//b/../c%20d, 'a//b/../c d'",
    "/bkt/a%2Fc, a/c",
    "/bkt/%252F, %2F",
    "/bkt/%2e%2e/x, ../x",
    "/bkt/;x;y=1, ';x;y=1'",
    "/bkt/a+b, a+b",
    "/bkt/a%2Bb, a+b",
    "/bkt/a%5Cb, a\\b",
    "/bkt/%3F, ?",
    "/bkt/%2541bc, %41bc",
    "/bkt//lead, /lead",
    "/bkt/./., ./.",
    "/bkt/%F0%9F%98%80, \uD83D\uDE00",
    "/bkt/tail%20, 'tail '"
  })
  @Evidence({"attack-17", "rule-1", "rule-7", "catalog-G1"})
  void the_key_stored_is_the_key_decoded_once(String target, String key) {
    assertThat(s3.put(target, "v").status()).isEqualTo(200);
    assertThat(server.stores.metadata.find(1, key)).isPresent();
    assertThat(s3.send("GET", target).text()).isEqualTo("v");
    Answer list = s3.send("GET", "/bkt?encoding-type=url");
    assertThat(list.elements("Key").stream().map(PercentEncoding::decode)).containsExactly(key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..%2F..%2Fetc%2Fpasswd",
        "%2Fabsolute",
        "%252e%252e%252f",
        "a%5C..%5Cb",
        "a%00b",
        ".sys/x",
        "x.tmp",
        "trailing.",
        "trailing%20",
        "dir/",
        "dir"
      })
  @Evidence("attack-57")
  void a_hostile_key_is_stored_verbatim(String raw) {
    assertThat(s3.put("/bkt/" + raw, raw).status()).isEqualTo(200);
    assertThat(server.stores.metadata.find(1, PercentEncoding.decode(raw))).isPresent();
    assertThat(s3.send("GET", "/bkt/" + raw).text()).isEqualTo(raw);
  }

  @Test
  @Evidence("rule-60")
  void a_key_has_at_most_1024_bytes() {
    assertThat(s3.put("/bkt/" + "k".repeat(1024), "v").status()).isEqualTo(200);
    Answer longer = s3.put("/bkt/" + "k".repeat(1025), "v");
    assertThat(longer.status()).isEqualTo(400);
    assertThat(longer.code()).isEqualTo("KeyTooLongError");
    assertThat(s3.put("/bkt/" + "%E2%82%AC".repeat(341), "v").status()).isEqualTo(200);
    assertThat(s3.put("/bkt/" + "%E2%82%AC".repeat(342), "v").code()).isEqualTo("KeyTooLongError");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/bkt/%E0%A4", "/bkt/%C0%AF", "/bkt/%FF"})
  @Evidence("attack-18")
  void a_key_that_is_not_utf8_is_refused(String target) {
    Answer answer = s3.put(target, "v");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("InvalidURI");
  }

  @Test
  @Evidence("rule-6")
  void a_trailing_slash_is_part_of_the_key_but_not_of_the_bucket() {
    s3.put("/bkt/dir/", "slash");
    s3.put("/bkt/dir", "bare");
    assertThat(s3.send("GET", "/bkt/dir/").text()).isEqualTo("slash");
    assertThat(s3.send("GET", "/bkt/dir").text()).isEqualTo("bare");
    assertThat(s3.send("GET", "/bkt/").elements("Key")).containsExactly("dir", "dir/");
    assertThat(s3.send("GET", "/bkt").elements("Key")).containsExactly("dir", "dir/");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bkt.s3.test", "bkt.s3.test:8333", "BKT.S3.TEST"})
  @Evidence("rule-10")
  void a_virtual_host_names_the_bucket(String host) {
    assertThat(s3.send("PUT", "/a%2Fb//c", "host", host).status()).isEqualTo(200);
    assertThat(server.stores.metadata.find(1, "a/b//c")).isPresent();
    assertThat(s3.send("GET", "/", "host", host).element("Name")).isEqualTo("bkt");
  }

  /** Behind a host that names a bucket all paths are keys; elsewhere these are pages. */
  @ParameterizedTest
  @ValueSource(strings = {"/-/metrics", "/-/x", "/healthz", "/status"})
  void a_virtual_host_has_no_pages_of_the_server(String path) {
    assertThat(s3.put(path, "mine", "host", "bkt.s3.test").status()).isEqualTo(200);
    assertThat(s3.send("GET", path, "host", "bkt.s3.test").text()).isEqualTo("mine");
    assertThat(s3.send("GET", "/bkt" + path).text()).isEqualTo("mine");
    assertThat(s3.send("HEAD", path, "host", "bkt.s3.test").header("content-length"))
        .isEqualTo("4");
    assertThat(s3.send("GET", "/-/health/live").text()).isEqualTo("live\n");
  }

  @ParameterizedTest
  @CsvSource({
    "s3.test, /bkt/bkt, http://s3.test/bkt/bkt",
    "bkt.s3.test, /bkt, http://bkt.s3.test/bkt",
    "bkt.s3.test, /a%20b, http://bkt.s3.test/a%20b"
  })
  void an_upload_says_where_it_is_in_the_style_of_the_request(
      String host, String path, String location) {
    String id = s3.send("POST", path + "?uploads", "host", host).element("UploadId");
    String target = path + "?uploadId=" + id;
    String etag = s3.put(target + "&partNumber=1", "x", "host", host).header("etag");
    Answer done =
        s3.post(
            target,
            "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>%s</ETag></Part></CompleteMultipartUpload>"
                .formatted(etag),
            "host",
            host);
    assertThat(done.element("Location")).isEqualTo(location);
  }

  /** A signature tells which host its client addressed; here a trusted proxy does. */
  @Test
  void an_unsigned_request_is_addressed_to_the_host_that_a_trusted_proxy_names() {
    s3.put("/bkt/k", "public").requireOk();
    s3.put(
        "/bkt?policy",
        "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\","
            + "\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::bkt/*\"}]}");
    String[] proxied = {"host", "inner:8333", "x-forwarded-host", "bkt.s3.test"};
    try (TestServer behind =
        TestServer.with()
            .setting(Setting.TRUSTED_PROXY, "192.0.2.0/24")
            .sharing(server.stores)
            .start()) {
      TestClient nobody = behind.client(Keys.NONE, "s3");
      assertThat(nobody.send("GET", "/k", proxied).text()).isEqualTo("public");
    }
    assertThat(server.client(Keys.NONE, "s3").send("GET", "/k", proxied).status())
        .as("a peer that is no trusted proxy")
        .isNotEqualTo(200);
  }

  @Test
  void a_virtual_host_may_have_dots_in_the_bucket_name() {
    assertThat(s3.send("PUT", "/", "host", "my.bucket.s3.test").status()).isEqualTo(200);
    assertThat(s3.send("HEAD", "/my.bucket").status()).isEqualTo(200);
  }

  /**
   * A client in virtual-host style whose host nobody set up would look for its key's first part.
   */
  @Test
  void a_missing_bucket_behind_an_unknown_host_says_which_setting_names_hosts() {
    assertThat(s3.send("GET", "/key/x", "host", "bkt.store.example").element("Message"))
        .isEqualTo(
            "The specified bucket does not exist; if it stands in the host name, LAKEBED_DOMAIN"
                + " must name the host behind it");
    for (String host : List.of("s3.test", "none.s3.test", "localhost:8333", "127.0.0.1:8333")) {
      assertThat(s3.send("GET", "/key/x", "host", host).element("Message"))
          .as(host)
          .isEqualTo("The specified bucket does not exist");
    }
  }

  @Test
  void any_other_host_is_path_style() {
    s3.put("/bkt/k", "v");
    for (String host : List.of("s3.test", "localhost:8333", "[::1]:8333", "x.example")) {
      assertThat(s3.send("GET", "/bkt/k", "host", host).text()).as(host).isEqualTo("v");
    }
  }
}
