package dev.lakebed.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.acceptance.Wire.Reply;
import dev.lakebed.kit.Hash;
import dev.lakebed.support.Evidence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The framings, checksums and conditions in which bytes arrive. */
@AcceptanceTest
class UploadIT {
  private static final String BUCKET = "uploads-" + UUID.randomUUID().toString().substring(0, 8);
  private static final int MEBIBYTE = 1024 * 1024;
  private static final byte[] BODY = "{\"format-version\":2}".getBytes(UTF_8);

  @BeforeAll
  static void bucket() {
    try (S3Client s3 = Endpoint.deployed().s3(Keys.ADMIN)) {
      s3.createBucket(create -> create.bucket(BUCKET));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "x-amz-content-sha256, 0000000000000000000000000000000000000000000000000000000000000000,"
        + " 400 XAmzContentSHA256Mismatch",
    "x-amz-checksum-crc32, AAAAAA==, 400 BadDigest",
    "content-md5, AAAAAAAAAAAAAAAAAAAAAA==, 400 BadDigest"
  })
  @Evidence({"catalog-D1", "catalog-D8"})
  void a_wrong_digest_is_refused_and_nothing_is_stored(
      String header, String value, String outcome, Endpoint endpoint) {
    Map<String, String> signed = new TreeMap<>();
    signed.put("x-amz-content-sha256", Hash.sha256(BODY));
    signed.put(header, value);
    Reply reply = put("wrong-" + header, signed, endpoint);
    assertThat(reply.outcome()).isEqualTo(outcome);
    try (S3Client s3 = endpoint.s3(Keys.ADMIN)) {
      assertThat(Outcome.of(() -> get(s3, "wrong-" + header))).isEqualTo("404 NoSuchKey");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"CRC32", "CRC32_C", "SHA1", "SHA256"})
  @Evidence({"catalog-D2", "catalog-D3", "rule-30"})
  void chunks_with_signature_and_trailer_are_stored_decoded(
      ChecksumAlgorithm algorithm, Endpoint endpoint) {
    byte[] body = new byte[300_001];
    new Random(7).nextBytes(body);
    String key = "trailer/" + algorithm;
    try (S3Client s3 = endpoint.s3(Keys.ADMIN)) {
      s3.putObject(
          put -> put.bucket(BUCKET).key(key).checksumAlgorithm(algorithm),
          RequestBody.fromBytes(body));
      assertThat(get(s3, key)).isEqualTo(body);
      HeadObjectResponse head = s3.headObject(h -> h.bucket(BUCKET).key(key));
      assertThat(head.contentLength()).isEqualTo(body.length);
      assertThat(head.contentEncoding()).isNull();
    }
  }

  @Test
  @Evidence("catalog-D3")
  void chunks_with_signatures_and_no_trailer_are_stored_decoded(Endpoint endpoint) {
    byte[] body = new byte[300_001];
    new Random(8).nextBytes(body);
    try (S3Client s3 = endpoint.s3WithoutChecksums(Keys.ADMIN)) {
      s3.putObject(
          put -> put.bucket(BUCKET).key("chunks").contentEncoding("gzip"),
          RequestBody.fromBytes(body));
      assertThat(get(s3, "chunks")).isEqualTo(body);
      assertThat(s3.headObject(h -> h.bucket(BUCKET).key("chunks")).contentEncoding())
          .isEqualTo("gzip");
    }
  }

  @Test
  @Evidence({"catalog-D6", "catalog-I1"})
  void a_client_that_expects_100_gets_it_also_when_it_signed_so(Endpoint endpoint) {
    Map<String, String> signed =
        Map.of(
            "x-amz-content-sha256", "UNSIGNED-PAYLOAD",
            "expect", "100-Continue",
            "content-length", Integer.toString(BODY.length));
    assertThat(put("expected", signed, endpoint).outcome()).isEqualTo("200");
    try (S3Client s3 = endpoint.s3(Keys.ADMIN)) {
      assertThat(get(s3, "expected")).isEqualTo(BODY);
    }
  }

  /** By hand, as the SDK needs a native library for it; the value is the algorithm's own check. */
  @Test
  @Evidence("catalog-D2")
  void crc64nvme_is_verified(Endpoint endpoint) {
    byte[] body = "123456789".getBytes(UTF_8);
    Map<String, String> signed = new TreeMap<>();
    signed.put("x-amz-content-sha256", Hash.sha256(body));
    signed.put("x-amz-checksum-crc64nvme", "rosUhgp5mIg=");
    assertThat(put("crc64", signed, body, endpoint).outcome()).isEqualTo("200");
    signed.put("x-amz-checksum-crc64nvme", "AAAAAAAAAAA=");
    assertThat(put("wrong-crc64", signed, body, endpoint).outcome()).isEqualTo("400 BadDigest");
  }

  @Test
  @Evidence("catalog-D5")
  void an_unsigned_payload_over_http_is_stored(Endpoint endpoint) {
    Reply reply = put("unsigned", Map.of("x-amz-content-sha256", "UNSIGNED-PAYLOAD"), endpoint);
    assertThat(reply.outcome()).isEqualTo("200");
    try (S3Client s3 = endpoint.s3(Keys.ADMIN)) {
      assertThat(get(s3, "unsigned")).isEqualTo(BODY);
    }
  }

  @Test
  @Evidence("catalog-D4")
  void an_unsigned_payload_with_trailer_over_http_is_stored_decoded(Endpoint endpoint) {
    byte[] framed = "5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n".getBytes(UTF_8);
    Map<String, String> signed =
        Map.of(
            "x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
            "x-amz-decoded-content-length", "5",
            "x-amz-trailer", "x-amz-checksum-crc32",
            "content-encoding", "aws-chunked");
    assertThat(put("trailer", signed, framed, endpoint).outcome()).isEqualTo("200");
    byte[] wrong = new String(framed, UTF_8).replace("hello", "hallo").getBytes(UTF_8);
    assertThat(put("wrong-trailer", signed, wrong, endpoint).outcome()).isEqualTo("400 BadDigest");
    try (S3Client s3 = endpoint.s3(Keys.ADMIN)) {
      assertThat(get(s3, "trailer")).isEqualTo("hello".getBytes(UTF_8));
      assertThat(Outcome.of(() -> get(s3, "wrong-trailer"))).isEqualTo("404 NoSuchKey");
    }
  }

  @Test
  @Evidence({"catalog-D7", "rule-64"})
  void a_gzipped_metadata_file_comes_back_as_it_was_sent(Endpoint endpoint) {
    String key = "t/metadata/00000-a.gz.metadata.json";
    try (S3Client s3 = endpoint.s3(Keys.ADMIN)) {
      s3.putObject(
          put -> put.bucket(BUCKET).key(key).contentEncoding("gzip").contentType("x/y"),
          RequestBody.fromBytes(BODY));
      HeadObjectResponse head = s3.headObject(h -> h.bucket(BUCKET).key(key));
      assertThat(head.contentEncoding()).isEqualTo("gzip");
      assertThat(head.contentType()).isEqualTo("x/y");
      assertThat(head.contentLength()).isEqualTo(BODY.length);
    }
  }

  @Test
  @Evidence("catalog-D9")
  void ten_parts_in_parallel_and_out_of_order(Endpoint endpoint) throws Exception {
    String key = "t/data/parallel.parquet";
    int parts = 10;
    int size = 5 * MEBIBYTE;
    try (S3Client s3 = endpoint.s3(Keys.ADMIN);
        ExecutorService pool = Executors.newFixedThreadPool(parts)) {
      String upload = s3.createMultipartUpload(c -> c.bucket(BUCKET).key(key)).uploadId();
      List<Integer> numbers = new ArrayList<>(List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
      Collections.reverse(numbers);
      List<Future<CompletedPart>> sent = new ArrayList<>();
      for (int number : numbers) {
        sent.add(pool.submit(() -> part(s3, key, upload, number, size)));
      }
      List<CompletedPart> done = new ArrayList<>();
      for (Future<CompletedPart> part : sent) {
        done.add(part.get());
      }
      done.sort(Comparator.comparing(CompletedPart::partNumber));
      for (int again = 0; again < 2; again++) {
        s3.completeMultipartUpload(
            c -> c.bucket(BUCKET).key(key).uploadId(upload).multipartUpload(m -> m.parts(done)));
      }
      assertThat(s3.headObject(h -> h.bucket(BUCKET).key(key)).contentLength())
          .isEqualTo((long) parts * size);
      byte[] border =
          s3.getObjectAsBytes(
                  g -> g.bucket(BUCKET).key(key).range("bytes=" + (size - 1) + "-" + size))
              .asByteArray();
      assertThat(border).containsExactly(1, 2);
    }
  }

  @Test
  @Evidence({"catalog-D10", "attack-54", "promise-4"})
  void of_many_conditional_writers_exactly_one_wins(Endpoint endpoint) throws Exception {
    try (S3Client s3 = endpoint.s3(Keys.ADMIN);
        ExecutorService pool = Executors.newFixedThreadPool(8)) {
      List<Future<String>> writers = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        String text = "writer " + i;
        writers.add(
            pool.submit(
                () ->
                    Outcome.of(
                        () ->
                            s3.putObject(
                                put -> put.bucket(BUCKET).key("one-winner").ifNoneMatch("*"),
                                RequestBody.fromString(text)))));
      }
      List<String> outcomes = new ArrayList<>();
      for (Future<String> writer : writers) {
        outcomes.add(writer.get());
      }
      assertThat(outcomes).containsOnlyOnce("ok");
      outcomes.remove("ok");
      assertThat(outcomes)
          .allMatch(
              outcome ->
                  outcome.equals("412 PreconditionFailed")
                      || outcome.equals("409 ConditionalRequestConflict"));
    }
  }

  @Test
  @Evidence("catalog-D11")
  void sse_s3_is_echoed_and_an_unknown_kms_key_is_told(Endpoint endpoint) {
    try (S3Client s3 = endpoint.s3(Keys.ADMIN)) {
      String echoed =
          s3.putObject(
                  put -> put.bucket(BUCKET).key("sse").serverSideEncryption("AES256"),
                  RequestBody.fromBytes(BODY))
              .serverSideEncryptionAsString();
      assertThat(echoed).isEqualTo("AES256");
      assertThat(s3.headObject(h -> h.bucket(BUCKET).key("sse")).serverSideEncryptionAsString())
          .isEqualTo("AES256");
      assertThat(
              Outcome.of(
                  () ->
                      s3.putObject(
                          put ->
                              put.bucket(BUCKET)
                                  .key("kms")
                                  .serverSideEncryption("aws:kms")
                                  .ssekmsKeyId("arn:aws:kms:us-east-1:000000000000:key/none"),
                          RequestBody.fromBytes(BODY))))
          .isEqualTo("400 KMS.NotFoundException");
    }
  }

  @Test
  @Evidence("catalog-D11")
  void tags_storage_class_and_canned_acl_are_taken(Endpoint endpoint) {
    try (S3Client s3 = endpoint.s3(Keys.ADMIN)) {
      for (String acl : List.of("private", "bucket-owner-full-control")) {
        s3.putObject(
            put ->
                put.bucket(BUCKET)
                    .key("tagged")
                    .tagging("team=red&dropped=false")
                    .storageClass("STANDARD_IA")
                    .acl(acl),
            RequestBody.fromBytes(BODY));
        assertThat(s3.getObjectTagging(get -> get.bucket(BUCKET).key("tagged")).tagSet())
            .extracting(tag -> tag.key() + "=" + tag.value())
            .containsExactlyInAnyOrder("team=red", "dropped=false");
        assertThat(s3.headObject(h -> h.bucket(BUCKET).key("tagged")).storageClassAsString())
            .isEqualTo("STANDARD_IA");
      }
    }
  }

  @Test
  @Evidence("catalog-D12")
  void empty_objects_markers_and_files_of_the_same_name_coexist(Endpoint endpoint) {
    List<String> keys = List.of("dir", "dir/", "dir/x");
    try (S3Client s3 = endpoint.s3(Keys.ADMIN)) {
      keys.forEach(
          key -> s3.putObject(put -> put.bucket(BUCKET).key(key), RequestBody.fromString("")));
      assertThat(s3.listObjectsV2(l -> l.bucket(BUCKET).prefix("dir")).contents())
          .extracting(S3Object::key)
          .containsExactlyElementsOf(keys);
      s3.deleteObjects(
          d ->
              d.bucket(BUCKET)
                  .delete(b -> b.objects(ObjectIdentifier.builder().key("dir/").build())));
      assertThat(s3.listObjectsV2(l -> l.bucket(BUCKET).prefix("dir")).contents())
          .extracting(S3Object::key)
          .containsExactly("dir", "dir/x");
    }
  }

  private static CompletedPart part(S3Client s3, String key, String upload, int number, int size) {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, (byte) number);
    String tag =
        s3.uploadPart(
                p -> p.bucket(BUCKET).key(key).uploadId(upload).partNumber(number),
                RequestBody.fromBytes(bytes))
            .eTag();
    return CompletedPart.builder().partNumber(number).eTag(tag).build();
  }

  private static Reply put(String key, Map<String, String> signed, Endpoint endpoint) {
    return put(key, signed, BODY, endpoint);
  }

  private static Reply put(String key, Map<String, String> signed, byte[] body, Endpoint endpoint) {
    String payload = signed.getOrDefault("x-amz-content-sha256", "");
    return new HandMade("PUT", "/" + BUCKET + "/" + key, "", signed, payload, Instant.now(), "s3")
        .send(endpoint, Keys.ADMIN, Map.of(), body);
  }

  private static byte[] get(S3Client s3, String key) {
    return s3.getObjectAsBytes(get -> get.bucket(BUCKET).key(key)).asByteArray();
  }
}
