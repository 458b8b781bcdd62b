package dev.lakebed.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.kit.Answer;
import dev.lakebed.kit.Hash;
import dev.lakebed.kit.Keys;
import dev.lakebed.kit.Signing;
import dev.lakebed.kit.TestBody;
import dev.lakebed.kit.TestCaller;
import dev.lakebed.kit.TestClient;
import dev.lakebed.kit.TestServer;
import dev.lakebed.support.Evidence;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** POST Object. Signature and policy of the form are tested where they are verified. */
@Evidence("contract-4.14")
class PostObjectTest {
  private final TestServer server = TestServer.inMemory();
  private final TestClient s3 = server.s3().as(TestCaller.ROOT);
  private final TestClient browser = server.client(Keys.NONE, "s3");

  @BeforeEach
  void bucket() {
    s3.send("PUT", "/bkt");
  }

  private Answer form(byte[] body) {
    return browser.send(
        "POST", "/bkt", TestBody.of(body), "content-type", "multipart/form-data; boundary=b");
  }

  /** A form with these names and values in turn, and a file. */
  private Answer post(String file, String... fields) {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < fields.length; i += 2) {
      body.append("--b\r\nContent-Disposition: form-data; name=\"").append(fields[i]);
      body.append("\"\r\n\r\n").append(fields[i + 1]).append("\r\n");
    }
    body.append("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f.txt\"");
    body.append("\r\nContent-Type: text/plain\r\n\r\n").append(file).append("\r\n--b--\r\n");
    byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
    return form(bytes);
  }

  @Test
  void a_form_stores_its_file_under_its_key() {
    Signing signing = Signing.s3(server.key(TestServer.ADMIN));
    String document =
        """
        {"expiration":"2099-01-01T00:00:00Z","conditions":[["starts-with","$key","up/"],
        ["starts-with","$Content-Type",""],["starts-with","$x-amz-meta-m",""],
        ["starts-with","$tagging",""],{"bucket":"bkt"},
        ["starts-with","$x-amz-algorithm",""],["starts-with","$x-amz-credential",""],
        ["starts-with","$x-amz-date",""]]}\
        """;
    String policy = Base64.getEncoder().encodeToString(document.getBytes(StandardCharsets.UTF_8));
    Answer answer =
        post(
            "hello",
            "key",
            "up/${filename}",
            "Content-Type",
            "text/x",
            "x-amz-meta-m",
            "\u00e9",
            "tagging",
            "<Tagging><TagSet><Tag><Key>a b</Key><Value>1/2</Value></Tag></TagSet></Tagging>",
            "policy",
            policy,
            "x-amz-algorithm",
            "AWS4-HMAC-SHA256",
            "x-amz-credential",
            TestServer.ADMIN + "/" + signing.scope(),
            "x-amz-date",
            signing.amzDate(),
            "x-amz-signature",
            Hash.hexHmac(signing.key(), policy),
            "x-ignore-me",
            "1");
    assertThat(answer.status()).as(answer.text()).isEqualTo(204);
    assertThat(answer.header("etag")).isEqualTo("\"5d41402abc4b2a76b9719d911017c592\"");
    assertThat(answer.header("location")).isEqualTo("http://localhost:8333/bkt/up/f.txt");
    Answer get = s3.send("GET", "/bkt/up/f.txt");
    assertThat(get.text()).isEqualTo("hello");
    assertThat(get.header("content-type")).isEqualTo("text/x");
    assertThat(get.header("x-amz-meta-m")).isEqualTo("=?UTF-8?B?w6k=?=");
    Answer tags = s3.send("GET", "/bkt/up/f.txt?tagging");
    assertThat(tags.element("Key")).isEqualTo("a b");
    assertThat(tags.element("Value")).isEqualTo("1/2");
    assertThat(server.stores.blobs.settled()).isTrue();
  }

  @Test
  void the_form_chooses_the_answer() {
    assertThat(post("x", "key", "k", "success_action_status", "200").status()).isEqualTo(200);
    assertThat(post("x", "key", "k", "success_action_status", "303").status()).isEqualTo(204);
    Answer created = post("x", "key", "k", "success_action_status", "201");
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.text()).contains("<PostResponse>");
    assertThat(created.element("Key")).isEqualTo("k");
    assertThat(created.element("Bucket")).isEqualTo("bkt");
    Answer redirect = post("x", "key", "a b", "success_action_redirect", "https://x.test/ok?a=1");
    assertThat(redirect.status()).isEqualTo(303);
    assertThat(redirect.header("location"))
        .isEqualTo(
            "https://x.test/ok?a=1&bucket=bkt&key=a%20b"
                + "&etag=%229dd4e461268c8034f5c8564e155c67a6%22");
  }

  @ParameterizedTest
  @CsvSource({"javascript:alert(1)", "//x.test/", "no address", "''"})
  @Evidence("attack-64")
  void a_redirect_that_is_no_web_address_is_ignored(String address) {
    assertThat(post("x", "key", "k", "success_action_redirect", address).status()).isEqualTo(204);
  }

  @ParameterizedTest
  @CsvSource({
    "acl, public-read, AccessControlListNotSupported",
    "acl, privatee, InvalidArgument",
    "x-amz-website-redirect-location, ftp://x, InvalidRedirectLocation",
    "x-amz-storage-class, COLD, InvalidStorageClass",
    "tagging, <Tagging/>, MalformedXML",
    "tagging, <!DOCTYPE a><Tagging/>, MalformedXML",
    "x-amz-checksum-crc32, AAAAAA==, BadDigest"
  })
  void a_field_is_judged_like_the_header_it_stands_for(String name, String value, String code) {
    Answer answer = post("hello", "key", "k", name, value);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo(code);
    assertThat(server.stores.blobs.live()).isZero();
    assertThat(server.stores.blobs.settled()).isTrue();
  }

  @Test
  @Evidence("attack-60")
  void a_field_cannot_end_a_header_line() {
    Answer answer = post("x", "key", "k", "x-amz-meta-m", "a\r\nX-Evil: 1");
    assertThat(answer.code()).isEqualTo("InvalidArgument");
  }

  /** A field of the form becomes a header of the object, its name as well as its value. */
  @Test
  @Evidence("attack-60")
  void the_name_of_a_field_cannot_end_a_header_line() {
    for (String name :
        List.of("x-amz-meta-a\nx-evil", "x-amz-meta-a b", "x-amz-meta-a:b", "x-amz-meta-\u00e9")) {
      Answer answer = post("x", "key", "k", name, "1");
      assertThat(answer.status()).as(name).isEqualTo(400);
    }
    assertThat(server.stores.blobs.live()).isZero();
  }

  @Test
  void the_answer_to_a_form_names_the_encryption() {
    String header = "x-amz-server-side-encryption";
    assertThat(post("x", "key", "k", header, "AES256").header(header)).isEqualTo("AES256");
  }

  @Test
  void a_form_without_key_or_cut_short_is_refused() {
    assertThat(post("x").code()).isEqualTo("InvalidArgument");
    assertThat(post("x", "key", "k".repeat(1025)).code()).isEqualTo("KeyTooLongError");
    byte[] cut =
        "--b\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\nk\r\n--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nhel"
            .getBytes(StandardCharsets.UTF_8);
    Answer answer = form(cut);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(server.stores.blobs.live()).isZero();
    assertThat(s3.send("HEAD", "/bkt/k").status()).isEqualTo(404);
  }

  @Test
  void the_upload_needs_the_right_to_put_that_key() {
    s3.as(TestCaller.may(p -> TestCaller.is(p, "s3:PutObject", "arn:aws:s3:::bkt/mine")));
    assertThat(post("x", "key", "mine").status()).isEqualTo(204);
    assertThat(post("x", "key", "other").status()).isEqualTo(403);
    assertThat(post("x", "key", "mine", "tagging", "<Tagging><TagSet/></Tagging>").status())
        .isEqualTo(403);
  }
}
