package dev.lakebed.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.kit.Answer;
import dev.lakebed.kit.TestCaller;
import dev.lakebed.kit.TestClient;
import dev.lakebed.kit.TestServer;
import dev.lakebed.s3.object.BlobDescriptor;
import dev.lakebed.storage.checksum.ChecksumAlgorithm;
import dev.lakebed.storage.metadata.object.StoredObject;
import dev.lakebed.support.Evidence;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Multipart uploads, with checksums of 5 MiB of {@code a} and one {@code b}. */
@Evidence({"contract-4.7", "contract-4.8", "catalog-D9"})
class MultipartTest {
  private static final String FIRST = "a".repeat(5 << 20);
  private static final String HELLO_SHA256 = "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=";
  private static final String ALGORITHM = "x-amz-checksum-algorithm";
  private static final String TYPE = "x-amz-checksum-type";

  private final TestServer server = TestServer.inMemory();
  private final TestClient s3 = server.s3();

  @BeforeEach
  void bucket() {
    s3.send("PUT", "/bkt");
  }

  private String create(String... headers) {
    return s3.send("POST", "/bkt/k?uploads", headers).element("UploadId");
  }

  private Answer part(String id, int number, String text, String... headers) {
    return s3.put("/bkt/k?partNumber=" + number + "&uploadId=" + id, text, headers);
  }

  private Answer complete(String id, String body, String... headers) {
    return s3.post("/bkt/k?uploadId=" + id, body, headers);
  }

  private static String list(Object... numbersAndTags) {
    StringBuilder body = new StringBuilder("<CompleteMultipartUpload>");
    for (int i = 0; i < numbersAndTags.length; i += 2) {
      body.append("<Part><PartNumber>").append(numbersAndTags[i]).append("</PartNumber><ETag>");
      body.append(numbersAndTags[i + 1].toString().replace("\"", "&quot;"))
          .append("</ETag></Part>");
    }
    return body.append("</CompleteMultipartUpload>").toString();
  }

  private static String item(int number, Answer part, String algorithm) {
    return "<Part><PartNumber>%d</PartNumber><ETag>%s</ETag><Checksum%s>%s</Checksum%s></Part>"
        .formatted(
            number,
            part.header("etag").replace("\"", "&quot;"),
            algorithm,
            part.header("x-amz-checksum-" + algorithm.toLowerCase(Locale.ROOT)),
            algorithm);
  }

  private static String zero(String algorithm) {
    return Base64.getEncoder()
        .encodeToString(new byte[ChecksumAlgorithm.valueOf(algorithm).size()]);
  }

  @Test
  @Evidence("rule-54")
  void two_parts_become_one_object() {
    String id = create("content-type", "text/x", "x-amz-meta-m", "1");
    String two = part(id, 2, "b").header("etag");
    String one = part(id, 1, FIRST).header("etag");
    int blobs = server.stores.blobs.live();
    Answer done = complete(id, list(1, one, 2, two));
    assertThat(done.status()).isEqualTo(200);
    assertThat(done.element("ETag")).isEqualTo("\"e5a8c5272b26fc10581a21089559b006-2\"");
    assertThat(done.element("ChecksumCRC64NVME")).isEqualTo("q73CYp7EDYg=");
    assertThat(done.element("ChecksumType")).isEqualTo("FULL_OBJECT");
    assertThat(done.element("Location")).isEqualTo("http://localhost:8333/bkt/k");
    assertThat(server.stores.blobs.live()).isEqualTo(blobs);
    assertThat(server.stores.blobs.settled()).isTrue();
    Answer get = s3.send("GET", "/bkt/k", "x-amz-checksum-mode", "ENABLED");
    assertThat(get.text()).isEqualTo(FIRST + "b");
    assertThat(get.header("content-type")).isEqualTo("text/x");
    assertThat(get.header("x-amz-meta-m")).isEqualTo("1");
    assertThat(get.header("x-amz-checksum-crc64nvme")).isEqualTo("q73CYp7EDYg=");
  }

  @Test
  void a_single_part_has_a_composed_tag_too() {
    String id = create();
    Answer done = complete(id, list(1, part(id, 1, "x").header("etag")));
    assertThat(done.element("ETag")).endsWith("-1\"");
  }

  @ParameterizedTest
  @CsvSource({
    "CRC32, FULL_OBJECT, rBxv8Q==",
    "CRC32, COMPOSITE, dYPmEQ==-2",
    "CRC32C, FULL_OBJECT, yKBXfw==",
    "CRC32C, COMPOSITE, xVGK2Q==-2",
    "CRC64NVME, FULL_OBJECT, q73CYp7EDYg=",
    "SHA256, COMPOSITE, tfmzeY9XeH2OXmxrtS4iDWlNIKUTAFv0/csHs2lsoD8=-2"
  })
  @Evidence("rule-41")
  void the_checksum_of_the_whole_follows_from_the_parts(
      String algorithm, String type, String value) {
    String id = create(ALGORITHM, algorithm, TYPE, type);
    String header = "x-amz-checksum-" + algorithm.toLowerCase(Locale.ROOT);
    Answer one = part(id, 1, FIRST, header, of(algorithm, FIRST));
    Answer two = part(id, 2, "b", header, of(algorithm, "b"));
    String body =
        "<CompleteMultipartUpload>%s%s</CompleteMultipartUpload>"
            .formatted(item(1, one, algorithm), item(2, two, algorithm));
    String zero = zero(algorithm);
    Answer wrong = complete(id, body, header, zero);
    assertThat(wrong.code()).isEqualTo("BadDigest");
    String otherType = type.equals("COMPOSITE") ? "FULL_OBJECT" : "COMPOSITE";
    assertThat(complete(id, body, TYPE, otherType).code()).isEqualTo("BadDigest");
    Answer done = complete(id, body, header, value, TYPE, type);
    assertThat(done.status()).isEqualTo(200);
    assertThat(done.element("Checksum" + algorithm)).isEqualTo(value);
    assertThat(done.element("ChecksumType")).isEqualTo(type);
    Answer attributes =
        s3.send("GET", "/bkt/k?attributes", "x-amz-object-attributes", "Checksum,ObjectParts");
    assertThat(attributes.element("PartsCount")).isEqualTo("2");
    assertThat(attributes.elements("Size")).containsExactly("5242880", "1");
    assertThat(attributes.elements("Checksum" + algorithm)).hasSize(3);
    assertThat(attributes.element("Checksum" + algorithm)).isEqualTo(value.replace("-2", ""));
    Answer second = s3.send("GET", "/bkt/k?partNumber=2", "x-amz-checksum-mode", "ENABLED");
    assertThat(second.header(header)).isEqualTo(of(algorithm, "b"));
    assertThat(second.header(TYPE)).isEqualTo(type);
    Answer stretch =
        s3.send("GET", "/bkt/k", "range", "bytes=0-1", "x-amz-checksum-mode", "ENABLED");
    assertThat(stretch.find(header)).isEmpty();
  }

  private static String of(String algorithm, String text) {
    return ChecksumAlgorithm.valueOf(algorithm).of(text.getBytes(StandardCharsets.UTF_8)).base64();
  }

  @Test
  void a_part_of_a_composite_checksum_must_bring_its_own() {
    String id = create(ALGORITHM, "SHA256");
    Answer bare = part(id, 1, "hello");
    assertThat(bare.status()).isEqualTo(400);
    assertThat(bare.code()).isEqualTo("InvalidRequest");
    assertThat(bare.element("Message"))
        .isEqualTo(
            "Checksum Type mismatch occurred, expected checksum Type: sha256, actual checksum Type:"
                + " null");
    String full = create(ALGORITHM, "CRC32", TYPE, "FULL_OBJECT");
    assertThat(part(full, 1, "hello").status()).isEqualTo(200);
    assertThat(server.stores.blobs.live()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "CRC64NVME, COMPOSITE",
    "SHA256, FULL_OBJECT",
    "SHA1, FULL_OBJECT",
    "CRC99, COMPOSITE",
    "CRC32, SOMETIMES"
  })
  @Evidence("rule-42")
  void a_type_that_the_algorithm_lacks_is_refused(String algorithm, String type) {
    Answer answer = s3.send("POST", "/bkt/k?uploads", ALGORITHM, algorithm, TYPE, type);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("InvalidRequest");
  }

  @Test
  void a_part_with_another_algorithm_than_chosen_is_refused() {
    String id = create(ALGORITHM, "CRC32");
    assertThat(part(id, 1, "hello", "x-amz-checksum-crc32c", "mnG7TA==").code())
        .isEqualTo("InvalidRequest");
    assertThat(part(id, 1, "hello", "x-amz-checksum-crc32", "NhCmhg==").status()).isEqualTo(200);
    assertThat(part(id, 1, "hello", "x-amz-checksum-crc32", "AAAAAA==").code())
        .isEqualTo("BadDigest");
    assertThat(server.stores.blobs.live()).isEqualTo(1);
  }

  @Test
  void a_part_may_carry_any_checksum_when_none_was_chosen() {
    String id = create();
    Answer part = part(id, 1, "hello", "x-amz-checksum-crc32", "NhCmhg==");
    assertThat(part.header("x-amz-checksum-crc32")).isEqualTo("NhCmhg==");
    String body =
        list(1, part.header("etag"))
            .replace("</Part>", "<ChecksumCRC32>NhCmhg==</ChecksumCRC32></Part>");
    Answer done = complete(id, body);
    assertThat(done.status()).isEqualTo(200);
    assertThat(done.element("ChecksumCRC64NVME")).isEqualTo("M3eFcAZSQlc=");
  }

  @Test
  @Evidence("rule-55")
  void a_wrong_list_of_parts_is_refused() {
    String id = create();
    String one = part(id, 1, "small").header("etag");
    String two = part(id, 2, "small too").header("etag");
    assertThat(complete(id, list(2, two, 1, one)).code()).isEqualTo("InvalidPartOrder");
    assertThat(complete(id, list(1, one, 1, one)).code()).isEqualTo("InvalidPartOrder");
    assertThat(complete(id, list(1, two)).code()).isEqualTo("InvalidPart");
    assertThat(complete(id, list(1, one, 3, two)).code()).isEqualTo("InvalidPart");
    assertThat(complete(id, list()).code()).isEqualTo("MalformedXML");
    assertThat(complete(id, list(1, one, 2, two)).code()).isEqualTo("EntityTooSmall");
    assertThat(complete(id, list(0, one)).code()).isEqualTo("InvalidArgument");
    assertThat(complete(id, list(-1, one)).code()).isEqualTo("MalformedXML");
    assertThat(s3.send("HEAD", "/bkt/k").status()).isEqualTo(404);
    assertThat(complete(id, list(2, two)).status()).isEqualTo(200);
    assertThat(server.stores.blobs.live()).isEqualTo(1);
  }

  @Test
  @Evidence("attack-56")
  void more_than_ten_thousand_parts_are_refused() {
    String id = create();
    Object[] parts = new Object[2 * 10_001];
    for (int i = 0; i < 10_001; i++) {
      parts[2 * i] = i + 1;
      parts[2 * i + 1] = "x";
    }
    assertThat(complete(id, list(parts)).code()).isEqualTo("MalformedXML");
  }

  @Test
  void a_checksum_of_a_part_in_the_list_must_be_right() {
    String id = create(ALGORITHM, "CRC32");
    String etag = part(id, 1, "hello", "x-amz-checksum-crc32", "NhCmhg==").header("etag");
    String body = list(1, etag);
    String wrong = body.replace("</Part>", "<ChecksumCRC32>AAAAAA==</ChecksumCRC32></Part>");
    assertThat(complete(id, wrong).code()).isEqualTo("InvalidPart");
    String other =
        body.replace("</Part>", "<ChecksumSHA1>" + zero("SHA1") + "</ChecksumSHA1></Part>");
    assertThat(complete(id, other).code()).isEqualTo("InvalidRequest");
    String right = body.replace("</Part>", "<ChecksumCRC32>NhCmhg==</ChecksumCRC32></Part>");
    assertThat(complete(id, right).status()).isEqualTo(200);
  }

  /** AWS's words: aws-sdk-php issue 2648. */
  @Test
  void a_composite_upload_needs_the_checksum_of_each_part_to_complete() {
    String id = create(ALGORITHM, "SHA256");
    String etag = part(id, 1, "hello", "x-amz-checksum-sha256", HELLO_SHA256).header("etag");
    Answer answer = complete(id, list(1, etag));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("InvalidRequest");
    assertThat(answer.element("Message"))
        .isEqualTo(
            "The upload was created using a sha256 checksum. The complete request must include the"
                + " checksum for each part. It was missing for part 1 in the request.");
    String whole = create(ALGORITHM, "CRC32", TYPE, "FULL_OBJECT");
    String part = part(whole, 1, "hello", "x-amz-checksum-crc32", "NhCmhg==").header("etag");
    assertThat(complete(whole, list(1, part)).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "AAAA", "AAAAAA", "NhCmhg==-", "NhCmhg==-0", "NhCmhg==-1-1"})
  void a_checksum_that_cannot_be_read_does_not_complete_an_upload(String value) {
    String id = create(ALGORITHM, "CRC32");
    Answer part = part(id, 1, "hello", "x-amz-checksum-crc32", "NhCmhg==");
    String body =
        "<CompleteMultipartUpload>" + item(1, part, "CRC32") + "</CompleteMultipartUpload>";
    Answer header = complete(id, body, "x-amz-checksum-crc32", value);
    assertThat(header.status()).isEqualTo(400);
    assertThat(header.code()).isEqualTo("InvalidRequest");
    Answer listed = complete(id, body.replace("NhCmhg==", value));
    assertThat(listed.status()).isEqualTo(400);
    assertThat(listed.code()).isEqualTo("InvalidRequest");
  }

  /** AWS's answers: versitygw issues 2036 and 1072. */
  @Test
  void a_wrong_part_is_named_with_its_upload() {
    String id = create();
    String etag = part(id, 1, "x").header("etag");
    Answer invalid = complete(id, list(7, etag));
    assertThat(invalid.code()).isEqualTo("InvalidPart");
    assertThat(invalid.element("UploadId")).isEqualTo(id);
    assertThat(invalid.element("PartNumber")).isEqualTo("7");
    assertThat(invalid.element("ETag")).isEqualTo(etag.replace("\"", ""));
    Answer range = complete(id, list(0, etag));
    assertThat(range.code()).isEqualTo("InvalidArgument");
    assertThat(range.element("ArgumentName")).isEqualTo("PartNumber");
    assertThat(range.element("ArgumentValue")).isEqualTo("0");
  }

  @Test
  @Evidence("rule-43")
  void a_wrong_size_is_refused() {
    String id = create();
    String body = list(1, part(id, 1, "hello").header("etag"));
    assertThat(complete(id, body, "x-amz-mp-object-size", "6").code()).isEqualTo("InvalidRequest");
    assertThat(complete(id, body, "x-amz-mp-object-size", "5").status()).isEqualTo(200);
  }

  @Test
  @Evidence("rule-56")
  void a_repeated_complete_answers_the_same() {
    String id = create();
    String body = list(1, part(id, 1, "x").header("etag"));
    Answer first = complete(id, body, "if-none-match", "*");
    Answer again = complete(id, body, "if-none-match", "*");
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.element("ETag")).isEqualTo(first.element("ETag"));
    assertThat(part(id, 2, "late").code()).isEqualTo("NoSuchUpload");
    assertThat(s3.send("GET", "/bkt/k?uploadId=" + id).code()).isEqualTo("NoSuchUpload");
    assertThat(s3.send("DELETE", "/bkt/k?uploadId=" + id).code()).isEqualTo("NoSuchUpload");
    assertThat(server.stores.blobs.live()).isEqualTo(1);
  }

  @Test
  @Evidence("rule-48")
  void conditions_are_evaluated_when_the_upload_completes() {
    String id = create();
    String body = list(1, part(id, 1, "x").header("etag"));
    Answer missing = complete(id, body, "if-match", "\"y\"");
    assertThat(missing.status()).isEqualTo(404);
    assertThat(missing.code()).isEqualTo("NoSuchKey");
    s3.put("/bkt/k", "meanwhile");
    assertThat(complete(id, body, "if-none-match", "*").status()).isEqualTo(412);
    assertThat(s3.send("GET", "/bkt/k").text()).isEqualTo("meanwhile");
    String etag = s3.send("HEAD", "/bkt/k").header("etag");
    assertThat(complete(id, body, "if-match", etag).status()).isEqualTo(200);
  }

  @Test
  void a_part_uploaded_again_replaces_the_first() {
    String id = create();
    String old = part(id, 1, "old").header("etag");
    String fresh = part(id, 1, "new").header("etag");
    assertThat(server.stores.blobs.live()).isEqualTo(1);
    assertThat(complete(id, list(1, old)).code()).isEqualTo("InvalidPart");
    assertThat(complete(id, list(1, fresh)).status()).isEqualTo(200);
    assertThat(s3.send("GET", "/bkt/k").text()).isEqualTo("new");
  }

  @Test
  void abort_gives_the_parts_back_and_is_not_repeated() {
    String id = create();
    part(id, 1, "x");
    assertThat(s3.send("DELETE", "/bkt/k?uploadId=" + id).status()).isEqualTo(204);
    assertThat(server.stores.blobs.live()).isZero();
    Answer again = s3.send("DELETE", "/bkt/k?uploadId=" + id);
    assertThat(again.status()).isEqualTo(404);
    assertThat(again.code()).isEqualTo("NoSuchUpload");
    assertThat(part(id, 1, "x").code()).isEqualTo("NoSuchUpload");
    assertThat(server.stores.blobs.live()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..%2F..%2Fetc", "x", "%00", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
  @Evidence("attack-58")
  void an_upload_id_that_was_not_given_out_is_unknown(String id) {
    for (String method : List.of("GET", "DELETE")) {
      Answer answer = s3.send(method, "/bkt/k?uploadId=" + id);
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.code()).isEqualTo("NoSuchUpload");
    }
    assertThat(part(id, 1, "x").code()).isEqualTo("NoSuchUpload");
    assertThat(complete(id, list(1, "x")).code()).isEqualTo("NoSuchUpload");
  }

  @Test
  @Evidence("attack-53")
  void an_upload_belongs_to_its_key() {
    String id = create();
    Answer answer = s3.put("/bkt/other?partNumber=1&uploadId=" + id, "x");
    assertThat(answer.code()).isEqualTo("NoSuchUpload");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "10001", "x", ""})
  @Evidence("attack-72")
  void a_part_number_out_of_range_is_refused(String number) {
    Answer answer = s3.put("/bkt/k?partNumber=" + number + "&uploadId=" + create(), "x");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("InvalidArgument");
  }

  @Test
  void parts_are_listed_in_pages() {
    String id = create(ALGORITHM, "CRC32");
    for (int number : new int[] {3, 1, 7}) {
      String text = "x".repeat(number);
      part(id, number, text, "x-amz-checksum-crc32", of("CRC32", text));
    }
    Answer first = s3.send("GET", "/bkt/k?max-parts=2&uploadId=" + id);
    assertThat(first.elements("PartNumber")).containsExactly("1", "3");
    assertThat(first.element("IsTruncated")).isEqualTo("true");
    assertThat(first.element("NextPartNumberMarker")).isEqualTo("3");
    assertThat(first.elements("ChecksumCRC32")).hasSize(2);
    assertThat(first.element("ChecksumType")).isEqualTo("COMPOSITE");
    assertThat(first.elements("ID"))
        .containsExactly("arn:aws:iam::000000000000:user/admin", "000000000000");
    Answer second = s3.send("GET", "/bkt/k?part-number-marker=3&uploadId=" + id);
    assertThat(second.elements("Size")).containsExactly("7");
    assertThat(second.element("IsTruncated")).isEqualTo("false");
    assertThat(s3.send("GET", "/bkt/k?max-parts=-1&uploadId=" + id).code())
        .isEqualTo("InvalidArgument");
  }

  @Test
  void a_part_of_the_object_can_be_read() {
    String id = create();
    String body = list(1, part(id, 1, FIRST).header("etag"), 2, part(id, 2, "b").header("etag"));
    complete(id, body);
    Answer second = s3.send("GET", "/bkt/k?partNumber=2", "x-amz-checksum-mode", "ENABLED");
    assertThat(second.status()).isEqualTo(206);
    assertThat(second.text()).isEqualTo("b");
    assertThat(second.header("x-amz-mp-parts-count")).isEqualTo("2");
    assertThat(second.header("content-range")).isEqualTo("bytes 5242880-5242880/5242881");
    assertThat(second.header("x-amz-checksum-crc64nvme")).isEqualTo(of("CRC64NVME", "b"));
    s3.put("/bkt/one", "b");
    Answer one = s3.send("GET", "/bkt/one?partNumber=1", "x-amz-checksum-mode", "ENABLED");
    assertThat(one.header("x-amz-checksum-crc64nvme")).isEqualTo(of("CRC64NVME", "b"));
    assertThat(s3.send("HEAD", "/bkt/k?partNumber=3").status()).isEqualTo(416);
    Answer across = s3.send("GET", "/bkt/k", "range", "bytes=5242878-");
    assertThat(across.text()).isEqualTo("aab");
  }

  @Test
  @Evidence("rule-84")
  void each_step_asks_for_its_own_action() {
    s3.as(TestCaller.may(p -> TestCaller.is(p, "s3:PutObject", "arn:aws:s3:::bkt/k")));
    String id = create();
    String etag = part(id, 1, "x").header("etag");
    assertThat(s3.send("GET", "/bkt/k?uploadId=" + id).status()).isEqualTo(403);
    assertThat(s3.send("DELETE", "/bkt/k?uploadId=" + id).status()).isEqualTo(403);
    assertThat(s3.send("GET", "/bkt?uploads").status()).isEqualTo(403);
    assertThat(complete(id, list(1, etag)).status()).isEqualTo(200);
    s3.as(TestCaller.may(p -> p.action().equals("s3:AbortMultipartUpload")));
    assertThat(s3.send("POST", "/bkt/k?uploads").status()).isEqualTo(403);
  }

  @Test
  void the_blob_of_a_part_names_its_upload() {
    String id = create();
    complete(id, list(4, part(id, 4, "x").header("etag")));
    StoredObject object = server.stores.metadata.find(1, "k").orElseThrow();
    BlobDescriptor descriptor =
        BlobDescriptor.decode(server.stores.blobs.descriptor(object.chunks().getFirst().ref()));
    assertThat(descriptor.part()).contains(new BlobDescriptor.PartOf(id, 4));
    assertThat(descriptor.key()).isEqualTo("k");
  }

  @Test
  void an_unfinished_upload_goes_with_its_bucket() {
    create();
    assertThat(s3.send("DELETE", "/bkt").status()).isEqualTo(204);
  }
}
