package dev.lakebed.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.auth.payload.PayloadException;
import dev.lakebed.http.Headers;
import dev.lakebed.kit.Answer;
import dev.lakebed.kit.TestBody;
import dev.lakebed.kit.TestCaller;
import dev.lakebed.kit.TestClient;
import dev.lakebed.kit.TestServer;
import dev.lakebed.s3.object.BlobDescriptor;
import dev.lakebed.storage.metadata.object.StoredObject;
import dev.lakebed.support.Evidence;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PutObject: digests, headers, conditions. */
@Evidence({"contract-4.7", "contract-4.9", "contract-4.13", "contract-4.14"})
class PutObjectTest {
  private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);
  private static final String HELLO_MD5 = "5d41402abc4b2a76b9719d911017c592";

  private final TestServer server = TestServer.inMemory();
  private final TestClient s3 = server.s3().as(TestCaller.ROOT);

  @BeforeEach
  void bucket() {
    s3.send("PUT", "/bkt");
  }

  @Test
  void the_answer_carries_tag_and_the_checksum_that_was_computed() {
    Answer put = s3.put("/bkt/k", "hello");
    assertThat(put.status()).isEqualTo(200);
    assertThat(put.header("etag")).isEqualTo('"' + HELLO_MD5 + '"');
    assertThat(put.header("x-amz-checksum-crc64nvme")).isEqualTo("M3eFcAZSQlc=");
    assertThat(put.header("x-amz-checksum-type")).isEqualTo("FULL_OBJECT");
    assertThat(server.stores.blobs.settled()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "crc32, NhCmhg==",
    "crc32c, mnG7TA==",
    "crc64nvme, M3eFcAZSQlc=",
    "sha1, qvTGHdzF6KLavt4PO0gs2a6pQ00=",
    "sha256, LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ="
  })
  @Evidence("rule-36")
  void a_checksum_is_verified_and_kept(String algorithm, String value) {
    String header = "x-amz-checksum-" + algorithm;
    Answer put = s3.put("/bkt/k", "hello", header, value);
    assertThat(put.status()).isEqualTo(200);
    assertThat(put.header(header)).isEqualTo(value);
    Answer get = s3.send("GET", "/bkt/k", "x-amz-checksum-mode", "ENABLED");
    assertThat(get.header(header)).isEqualTo(value);
    Answer wrong = s3.put("/bkt/new", "hellO", header, value);
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.code()).isEqualTo("BadDigest");
    assertThat(s3.send("GET", "/bkt/new").code()).isEqualTo("NoSuchKey");
    assertThat(server.stores.blobs.live()).isEqualTo(1);
    assertThat(server.stores.blobs.settled()).isTrue();
  }

  @Test
  @Evidence("attack-8")
  void a_checksum_in_the_trailer_is_verified() {
    Headers right = Headers.builder().add("x-amz-checksum-crc32", "NhCmhg==").build();
    Headers wrong = Headers.builder().add("x-amz-checksum-crc32", "AAAAAA==").build();
    Headers other = Headers.builder().add("x-amz-checksum-crc32c", "mnG7TA==").build();
    assertThat(trailer(right).status()).isEqualTo(200);
    assertThat(trailer(wrong).code()).isEqualTo("BadDigest");
    assertThat(trailer(wrong).element("Message")).contains("in the trailer x-amz-checksum-crc32");
    Answer unreadable = trailer(Headers.builder().add("x-amz-checksum-crc32", "NhCmh").build());
    assertThat(unreadable.code()).isEqualTo("InvalidRequest");
    assertThat(unreadable.element("Message"))
        .isEqualTo("Value for x-amz-checksum-crc32 trailing header is invalid.");
    assertThat(trailer(other).code()).isEqualTo("MalformedTrailerError");
    assertThat(trailer(Headers.NONE).code()).isEqualTo("MalformedTrailerError");
    Answer both =
        s3.send(
            "PUT",
            "/bkt/k",
            TestBody.of(HELLO, right),
            "x-amz-trailer",
            "x-amz-checksum-crc32",
            "x-amz-checksum-crc32c",
            "mnG7TA==");
    assertThat(both.code()).isEqualTo("InvalidRequest");
    assertThat(server.stores.blobs.live()).isEqualTo(1);
  }

  private Answer trailer(Headers trailers) {
    return s3.send(
        "PUT",
        "/bkt/k",
        TestBody.of(HELLO, trailers),
        "x-amz-trailer",
        "x-amz-checksum-crc32",
        "x-amz-sdk-checksum-algorithm",
        "CRC32");
  }

  @ParameterizedTest
  @CsvSource({
    "x-amz-checksum-crc32, AAAA, InvalidRequest",
    "x-amz-checksum-crc32, '!!', InvalidRequest",
    "x-amz-checksum-foo, AAAAAA==, InvalidRequest",
    "x-amz-sdk-checksum-algorithm, CRC32, InvalidRequest",
    "x-amz-trailer, x-amz-foo, InvalidRequest",
    "content-md5, AAAA, InvalidDigest",
    "content-md5, XrY7u+Ae7tCTyyK7j1rNww==, BadDigest"
  })
  void a_malformed_or_wrong_digest_is_refused(String header, String value, String code) {
    Answer answer = s3.put("/bkt/k", "hello", header, value);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo(code);
    assertThat(server.stores.blobs.live()).isZero();
    assertThat(server.stores.blobs.settled()).isTrue();
  }

  @Test
  @Evidence("rule-37")
  void two_checksums_are_refused() {
    Answer answer =
        s3.put(
            "/bkt/k",
            "hello",
            "x-amz-checksum-crc32",
            "NhCmhg==",
            "x-amz-checksum-crc32c",
            "mnG7TA==");
    assertThat(answer.code()).isEqualTo("InvalidRequest");
  }

  @Test
  void content_md5_is_verified() {
    assertThat(s3.put("/bkt/k", "hello", "content-md5", "XUFAKrxLKna5cZ2REBfFkg==").status())
        .isEqualTo(200);
  }

  @Test
  @Evidence("rule-34")
  void a_body_cut_short_leaves_nothing() {
    TestBody payload =
        TestBody.failing(
            HELLO, new PayloadException(PayloadException.Reason.INCOMPLETE, "cut short"));
    TestBody connection = TestBody.failing(HELLO, new IOException("connection reset"));
    TestBody tampered =
        TestBody.failing(
            HELLO, new PayloadException(PayloadException.Reason.SHA256_MISMATCH, "another digest"));
    assertThat(s3.send("PUT", "/bkt/k", payload).code()).isEqualTo("IncompleteBody");
    assertThat(s3.send("PUT", "/bkt/k", connection).code()).isEqualTo("IncompleteBody");
    assertThat(s3.send("PUT", "/bkt/k", tampered).code()).isEqualTo("XAmzContentSHA256Mismatch");
    assertThat(server.stores.blobs.live()).isZero();
    assertThat(server.stores.blobs.settled()).isTrue();
    assertThat(s3.send("HEAD", "/bkt/k").status()).isEqualTo(404);
  }

  @Test
  @Evidence("attack-6")
  void a_body_without_length_is_411() {
    Answer answer = s3.send("PUT", "/bkt/k", TestBody.unknownLength(HELLO));
    assertThat(answer.status()).isEqualTo(411);
    assertThat(answer.code()).isEqualTo("MissingContentLength");
  }

  @Test
  @Evidence("attack-72")
  void more_than_five_gibibytes_are_refused_unread() {
    TestBody huge =
        new TestBody(HELLO, java.util.OptionalLong.of((5L << 30) + 1), Headers.NONE, null);
    assertThat(s3.send("PUT", "/bkt/k", huge).code()).isEqualTo("EntityTooLarge");
  }

  @Test
  @Evidence({"rule-15", "rule-64"})
  void headers_and_metadata_come_back_as_sent() {
    s3.put(
        "/bkt/k",
        "x",
        "content-type",
        "text/x; charset=UTF-8",
        "cache-control",
        "no-cache",
        "content-disposition",
        "attachment; filename=\"\u00e9\"",
        "content-language",
        "de",
        "expires",
        "Thu, 01 Dec 1994 16:00:00 GMT",
        "X-Amz-Meta-CamelCase",
        "A  b",
        "x-amz-meta-twice",
        "1",
        "x-amz-meta-twice",
        "2",
        "x-amz-storage-class",
        "STANDARD_IA",
        "x-amz-server-side-encryption",
        "AES256");
    Answer head = s3.send("HEAD", "/bkt/k");
    assertThat(head.header("content-type")).isEqualTo("text/x; charset=UTF-8");
    assertThat(head.header("cache-control")).isEqualTo("no-cache");
    assertThat(head.header("content-disposition")).isEqualTo("attachment; filename=\"\u00e9\"");
    assertThat(head.header("content-language")).isEqualTo("de");
    assertThat(head.header("expires")).isEqualTo("Thu, 01 Dec 1994 16:00:00 GMT");
    assertThat(head.header("x-amz-meta-camelcase")).isEqualTo("A  b");
    assertThat(head.header("x-amz-meta-twice")).isEqualTo("1,2");
    assertThat(head.header("x-amz-storage-class")).isEqualTo("STANDARD_IA");
    assertThat(head.header("x-amz-server-side-encryption")).isEqualTo("AES256");
  }

  @Test
  void the_default_type_is_binary_and_the_default_class_is_not_named() {
    s3.put("/bkt/k", "x");
    Answer head = s3.send("HEAD", "/bkt/k");
    assertThat(head.header("content-type")).isEqualTo("binary/octet-stream");
    assertThat(head.find("x-amz-storage-class")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "aws-chunked, ''",
    "'aws-chunked,gzip', gzip",
    "'gzip, aws-chunked', gzip",
    "'gzip, br', 'gzip, br'"
  })
  @Evidence("rule-35")
  void the_framing_is_not_stored(String sent, String kept) {
    s3.put("/bkt/k", "x", "content-encoding", sent);
    assertThat(s3.send("HEAD", "/bkt/k").find("content-encoding").orElse("")).isEqualTo(kept);
  }

  /** AWS, working with object metadata: UTF-8 comes in raw and goes out as RFC 2047 says. */
  @Test
  void metadata_beyond_ascii_is_returned_encoded() {
    s3.put("/bkt/k", "x", "x-amz-meta-utf8", "caf\u00c3\u00a9", "x-amz-meta-latin", "caf\u00e9");
    Answer head = s3.send("HEAD", "/bkt/k");
    assertThat(head.header("x-amz-meta-utf8")).isEqualTo("=?UTF-8?B?Y2Fmw6k=?=");
    assertThat(head.header("x-amz-meta-latin")).isEqualTo("=?UTF-8?B?Y2Fmw6k=?=");
  }

  @Test
  @Evidence("rule-59")
  void metadata_has_two_kilobytes() {
    assertThat(s3.put("/bkt/k", "x", "x-amz-meta-a", "v".repeat(2047)).status()).isEqualTo(200);
    assertThat(s3.put("/bkt/k", "x", "x-amz-meta-a", "v".repeat(2048)).code())
        .isEqualTo("MetadataTooLarge");
    assertThat(s3.put("/bkt/k", "x", "cache-control", "v".repeat(9000)).code())
        .isEqualTo("MetadataTooLarge");
  }

  @ParameterizedTest
  @CsvSource({
    "x-amz-acl, public-read, 400, AccessControlListNotSupported",
    "x-amz-grant-read, id=1, 400, AccessControlListNotSupported",
    "x-amz-storage-class, COLD, 400, InvalidStorageClass",
    "x-amz-object-lock-mode, COMPLIANCE, 400, InvalidRequest",
    "x-amz-write-offset-bytes, 3, 501, NotImplemented",
    "x-amz-server-side-encryption, aws:kms, 501, NotImplemented",
    "x-amz-server-side-encryption, rot13, 400, InvalidArgument",
    "x-amz-server-side-encryption, aes:kms, 400, InvalidArgument",
    "x-amz-acl, privatee, 400, InvalidArgument",
    "x-amz-website-redirect-location, ftp://x, 400, InvalidRedirectLocation",
    "x-amz-website-redirect-location, x, 400, InvalidRedirectLocation",
    "x-amz-meta-a b, c, 400, InvalidArgument",
    "x-amz-server-side-encryption-customer-algorithm, AES256, 501, NotImplemented",
    "x-amz-server-side-encryption-aws-kms-key-id, k, 400, InvalidArgument",
    "x-amz-expected-bucket-owner, 111111111111, 403, AccessDenied"
  })
  void a_header_that_matters_and_is_not_built_is_refused(
      String header, String value, int status, String code) {
    Answer answer = s3.put("/bkt/k", "x", header, value);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.code()).isEqualTo(code);
    assertThat(server.stores.blobs.live()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://x/y", "https://x", "/other"})
  void a_redirect_to_the_web_or_to_another_key_is_kept(String location) {
    String header = "x-amz-website-redirect-location";
    assertThat(s3.put("/bkt/k", "x", header, location).status()).isEqualTo(200);
    assertThat(s3.send("HEAD", "/bkt/k").header(header)).isEqualTo(location);
  }

  @Test
  void an_unknown_kms_key_is_not_found() {
    Answer answer =
        s3.put(
            "/bkt/k",
            "x",
            "x-amz-server-side-encryption",
            "aws:kms",
            "x-amz-server-side-encryption-aws-kms-key-id",
            "arn:aws:kms:us-east-1:0:key/1");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("KMS.NotFoundException");
  }

  @Test
  void harmless_headers_are_taken() {
    Answer answer =
        s3.put(
            "/bkt/k",
            "x",
            "x-amz-acl",
            "bucket-owner-full-control",
            "x-amz-te",
            "append-md5",
            "amz-sdk-request",
            "attempt=1",
            "x-amz-request-payer",
            "requester");
    assertThat(answer.status()).isEqualTo(200);
  }

  @Test
  void tags_are_kept_and_need_their_own_right() {
    assertThat(s3.put("/bkt/k", "x", "x-amz-tagging", "a=1&b%20c=%2B+d").status()).isEqualTo(200);
    Answer tags = s3.send("GET", "/bkt/k?tagging");
    assertThat(tags.elements("Key")).containsExactlyInAnyOrder("a", "b c");
    assertThat(tags.elements("Value")).containsExactlyInAnyOrder("1", "+ d");
    assertThat(s3.send("HEAD", "/bkt/k").header("x-amz-tagging-count")).isEqualTo("2");
    s3.as(TestCaller.may(p -> TestCaller.is(p, "s3:PutObject", "arn:aws:s3:::bkt/k")));
    assertThat(s3.put("/bkt/k", "y").status()).isEqualTo(200);
    assertThat(s3.put("/bkt/k", "y", "x-amz-tagging", "a=1").code()).isEqualTo("AccessDenied");
    assertThat(s3.put("/bkt/k", "y", "x-amz-acl", "private").code()).isEqualTo("AccessDenied");
    assertThat(s3.put("/bkt/k", "y", "if-match", "*").code()).isEqualTo("AccessDenied");
  }

  @ParameterizedTest
  @CsvSource({
    "a=1&a=2, InvalidTag",
    "a=1&b=1&c=1&d=1&e=1&f=1&g=1&h=1&i=1&j=1&k=1, InvalidTag",
    "=1, InvalidTag",
    "a=%00, InvalidTag",
    "aws:x=1, InvalidTag",
    "a=%zz, InvalidArgument"
  })
  void bad_tags_are_refused(String tags, String code) {
    assertThat(s3.put("/bkt/k", "x", "x-amz-tagging", tags).code()).isEqualTo(code);
  }

  @Test
  @Evidence("rule-46")
  void if_none_match_star_refuses_an_existing_key() {
    assertThat(s3.put("/bkt/k", "1", "if-none-match", "*").status()).isEqualTo(200);
    Answer again = s3.put("/bkt/k", "2", "if-none-match", "*");
    assertThat(again.status()).isEqualTo(412);
    assertThat(again.code()).isEqualTo("PreconditionFailed");
    assertThat(s3.send("GET", "/bkt/k").text()).isEqualTo("1");
    assertThat(s3.put("/bkt/k", "2", "if-none-match", "\"x\"").status()).isEqualTo(501);
  }

  @Test
  @Evidence({"rule-48", "attack-54"})
  void if_match_wants_the_current_tag_and_an_object() {
    Answer missing = s3.put("/bkt/k", "1", "if-match", "\"x\"");
    assertThat(missing.status()).isEqualTo(404);
    assertThat(missing.code()).isEqualTo("NoSuchKey");
    String etag = s3.put("/bkt/k", "1").header("etag");
    assertThat(s3.put("/bkt/k", "2", "if-match", "\"x\"").status()).isEqualTo(412);
    assertThat(s3.put("/bkt/k", "2", "if-match", "W/" + etag).status()).isEqualTo(412);
    assertThat(s3.put("/bkt/k", "2", "if-match", etag).status()).isEqualTo(200);
    assertThat(s3.put("/bkt/k", "3", "if-match", etag).status()).isEqualTo(412);
    assertThat(s3.send("GET", "/bkt/k").text()).isEqualTo("2");
  }

  @Test
  @Evidence({"rule-47", "attack-54", "promise-4"})
  void one_of_fifty_conditional_writers_wins() throws Exception {
    try (ExecutorService writers = Executors.newFixedThreadPool(8)) {
      List<Callable<Integer>> puts = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        String text = "writer " + i;
        puts.add(() -> s3.put("/bkt/k", text, "if-none-match", "*").status());
      }
      List<Integer> statuses = new ArrayList<>();
      for (Future<Integer> put : writers.invokeAll(puts)) {
        statuses.add(put.get());
      }
      assertThat(statuses).containsOnlyOnce(200);
      assertThat(statuses.stream().filter(status -> status == 412).count()).isEqualTo(49);
      assertThat(server.stores.blobs.live()).isEqualTo(1);
    }
  }

  @Test
  void an_overwrite_releases_the_old_bytes() {
    s3.put("/bkt/k", "1");
    s3.put("/bkt/k", "22");
    assertThat(server.stores.blobs.live()).isEqualTo(1);
    assertThat(s3.send("GET", "/bkt/k").text()).isEqualTo("22");
  }

  @Test
  void the_blob_describes_the_object() {
    s3.put("/bkt/a%00b", "hello", "x-amz-meta-m", "1", "x-amz-tagging", "t=2");
    StoredObject object = server.stores.metadata.find(1, "a\0b").orElseThrow();
    BlobDescriptor descriptor =
        BlobDescriptor.decode(server.stores.blobs.descriptor(object.chunks().getFirst().ref()));
    assertThat(descriptor.bucket()).isEqualTo(1);
    assertThat(descriptor.bucketName()).isEqualTo("bkt");
    assertThat(descriptor.key()).isEqualTo("a\0b");
    assertThat(descriptor.part()).isEmpty();
    assertThat(descriptor.size()).isEqualTo(5);
    assertThat(descriptor.etag()).isEqualTo(HELLO_MD5);
    assertThat(descriptor.attributes()).isEqualTo(object.attributes());
    assertThat(descriptor.checksum()).isEqualTo(object.checksum());
    assertThat(descriptor.time()).isEqualTo(object.lastModified());
  }

  @Test
  void an_empty_object_is_an_object() {
    assertThat(s3.put("/bkt/k", "").status()).isEqualTo(200);
    Answer get = s3.send("GET", "/bkt/k");
    assertThat(get.status()).isEqualTo(200);
    assertThat(get.body()).isEmpty();
    assertThat(get.header("content-length")).isEqualTo("0");
  }
}
