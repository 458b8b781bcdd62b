package dev.lakebed.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.acceptance.Wire.Reply;
import dev.lakebed.kit.Hash;
import dev.lakebed.support.Evidence;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.utils.Md5Utils;

/** Requests that a catalog signed for its client. */
@AcceptanceTest
class SignatureIT {
  private static final String BUCKET = "signed-" + UUID.randomUUID().toString().substring(0, 8);
  private static final String KEY = "t/data/a";
  private static final String NOTHING = Hash.sha256(new byte[0]);
  private static final String UNSIGNED = "UNSIGNED-PAYLOAD";

  @BeforeAll
  static void bucket() {
    try (S3Client s3 = Endpoint.deployed().s3(Keys.ADMIN)) {
      s3.createBucket(create -> create.bucket(BUCKET));
      s3.putObject(put -> put.bucket(BUCKET).key(KEY), RequestBody.fromString("0123456789"));
    }
  }

  @Test
  @Evidence({"catalog-H1", "catalog-H2", "catalog-I1"})
  void one_signature_serves_several_ranges_and_unsigned_headers(Endpoint endpoint) {
    HandMade get = get(Map.of("amz-sdk-request", "attempt=1"), Instant.now());
    for (String range : List.of("0-1", "4-5", "8-9")) {
      Reply reply =
          get.send(
              endpoint,
              Keys.ADMIN,
              Map.of("Range", "bytes=" + range, "amz-sdk-invocation-id", range, "X-Other", "x"),
              new byte[0]);
      assertThat(reply.outcome()).isEqualTo("206");
      assertThat(reply.text()).isEqualTo(range.replace("-", ""));
    }
  }

  @Test
  @Evidence("catalog-H1")
  void an_unsigned_header_that_matters_is_refused(Endpoint endpoint) {
    HandMade put = signed("PUT", "new", "", Map.of("x-amz-content-sha256", UNSIGNED));
    Reply reply = put.send(endpoint, Keys.ADMIN, Map.of("x-amz-meta-a", "b"), "x".getBytes(UTF_8));
    assertThat(reply.outcome()).isEqualTo("403 AccessDenied");
  }

  @ParameterizedTest
  @ValueSource(longs = {-16, 16})
  @Evidence("catalog-H2")
  void a_signature_of_another_quarter_of_an_hour_is_refused(long minutes, Endpoint endpoint) {
    Reply reply =
        get(Map.of(), Instant.now().plus(Duration.ofMinutes(minutes)))
            .send(endpoint, Keys.ADMIN, Map.of(), new byte[0]);
    assertThat(reply.outcome()).isEqualTo("403 RequestTimeTooSkewed");
  }

  @Test
  @Evidence("catalog-H2")
  void a_signature_of_ten_minutes_ago_is_taken(Endpoint endpoint) {
    Reply reply =
        get(Map.of(), Instant.now().minus(Duration.ofMinutes(10)))
            .send(endpoint, Keys.ADMIN, Map.of(), new byte[0]);
    assertThat(reply.outcome()).isEqualTo("200");
  }

  @Test
  @Evidence("catalog-H3")
  void the_order_of_the_query_and_an_empty_value_do_not_matter(Endpoint endpoint) {
    String sorted = "delimiter=%2F&list-type=2&prefix=t%2F";
    HandMade list = signed("GET", "", sorted, Map.of("x-amz-content-sha256", UNSIGNED));
    Map<String, String> headers = list.headers(endpoint, Keys.ADMIN);
    URI turned =
        URI.create(endpoint.uri() + list.path() + "?prefix=t%2F&list-type=2&delimiter=%2F");
    assertThat(Wire.exchange(turned, "GET", headers, new byte[0]).outcome()).isEqualTo("200");
    HandMade location = signed("GET", "", "location=", Map.of("x-amz-content-sha256", UNSIGNED));
    URI bare = URI.create(endpoint.uri() + location.path() + "?location");
    assertThat(
            Wire.exchange(bare, "GET", location.headers(endpoint, Keys.ADMIN), new byte[0])
                .outcome())
        .isEqualTo("200");
  }

  @Test
  @Evidence("catalog-H4")
  void presigned_addresses_work_with_key_and_with_session(Endpoint endpoint) {
    AwsCredentials vended =
        Keys.vended(endpoint, Keys.KEEPER, SessionPolicy.readWriteDelete(BUCKET, "t"));
    for (AwsCredentials keys : List.of(Keys.ADMIN, vended)) {
      URI address = presigned(endpoint, keys, KEY);
      assertThat(Wire.exchange(address, "GET", Map.of(), new byte[0]).text())
          .isEqualTo("0123456789");
      URI other = URI.create(address.toString().replace("t/data/a", "t/data/b"));
      assertThat(Wire.exchange(other, "GET", Map.of(), new byte[0]).outcome())
          .isEqualTo("403 SignatureDoesNotMatch");
    }
    assertThat(
            Wire.exchange(presigned(endpoint, vended, "u/a"), "GET", Map.of(), new byte[0])
                .outcome())
        .isEqualTo("403 AccessDenied");
  }

  @Test
  @Evidence({"catalog-I1", "catalog-I2", "catalog-I3"})
  void a_client_writes_reads_lists_and_deletes_with_signatures_of_a_session(Endpoint endpoint) {
    AwsCredentials vended =
        Keys.vended(endpoint, Keys.KEEPER, SessionPolicy.readWriteDelete(BUCKET, "t"));
    byte[] body = "part of a table".getBytes(UTF_8);
    Map<String, String> signed =
        Map.of(
            "x-amz-content-sha256",
            UNSIGNED,
            "content-length",
            Integer.toString(body.length),
            "content-type",
            "application/octet-stream",
            "amz-sdk-request",
            "attempt=1; max=4");
    assertThat(signed("PUT", "t/i", "", signed).send(endpoint, vended, Map.of(), body).outcome())
        .isEqualTo("200");
    Map<String, String> bare = Map.of("x-amz-content-sha256", UNSIGNED);
    assertThat(signed("GET", "t/i", "", bare).send(endpoint, vended, Map.of(), new byte[0]).body())
        .isEqualTo(body);
    String query =
        "delimiter=&encoding-type=url&fetch-owner=false&list-type=2&max-keys=10"
            + "&prefix=t%2F&start-after=&x-id=ListObjectsV2";
    assertThat(signed("GET", "", query, bare).send(endpoint, vended, Map.of(), new byte[0]).text())
        .contains("<Key>t/i</Key>");
    byte[] delete = "<Delete><Object><Key>t/i</Key></Object></Delete>".getBytes(UTF_8);
    Map<String, String> hashed = new TreeMap<>();
    hashed.put("x-amz-content-sha256", Hash.sha256(delete));
    hashed.put("content-md5", Md5Utils.md5AsBase64(delete));
    assertThat(
            signed("POST", "", "delete=", hashed).send(endpoint, vended, Map.of(), delete).text())
        .contains("<Deleted><Key>t/i</Key></Deleted>");
  }

  /**
   * The header has the hash in base64, the signature covers it in hexadecimal digits. The catalog's
   * own operations are not built.
   */
  @Test
  @Evidence("catalog-H5")
  void the_payload_hash_may_be_base64_as_the_signer_of_iceberg_writes_it(Endpoint endpoint) {
    String hash = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(NOTHING));
    HandMade get =
        new HandMade(
            "GET",
            "/iceberg/v1/config",
            "",
            Map.of("x-amz-content-sha256", hash),
            NOTHING,
            Instant.now(),
            "s3tables");
    assertThat(get.send(endpoint, Keys.ADMIN, Map.of(), new byte[0]).status()).isEqualTo(501);
    AwsCredentials wrong = AwsBasicCredentials.create("admin", "wrong");
    assertThat(get.send(endpoint, wrong, Map.of(), new byte[0]).status()).isEqualTo(401);
  }

  @Test
  @Evidence("catalog-E3")
  void stray_signed_headers_on_a_read_are_ignored(Endpoint endpoint) {
    Map<String, String> stray =
        Map.of(
            "x-amz-te", "append-md5",
            "x-amz-checksum-crc32", "AAAAAA==",
            "amz-sdk-request", "attempt=1");
    assertThat(get(stray, Instant.now()).send(endpoint, Keys.ADMIN, Map.of(), new byte[0]).text())
        .isEqualTo("0123456789");
  }

  private static HandMade get(Map<String, String> signed, Instant time) {
    Map<String, String> all = new TreeMap<>(signed);
    all.put("x-amz-content-sha256", UNSIGNED);
    return new HandMade("GET", "/" + BUCKET + "/" + KEY, "", all, UNSIGNED, time, "s3");
  }

  private static HandMade signed(
      String method, String key, String query, Map<String, String> signed) {
    String path = "/" + BUCKET + (key.isEmpty() ? "" : "/" + key);
    return new HandMade(
        method, path, query, signed, signed.get("x-amz-content-sha256"), Instant.now(), "s3");
  }

  private static URI presigned(Endpoint endpoint, AwsCredentials keys, String key) {
    try (S3Presigner presigner =
        S3Presigner.builder()
            .endpointOverride(endpoint.uri())
            .region(Region.of("local-01"))
            .credentialsProvider(StaticCredentialsProvider.create(keys))
            .serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(true).build())
            .build()) {
      return URI.create(
          presigner
              .presignGetObject(
                  presign ->
                      presign
                          .signatureDuration(Duration.ofMinutes(5))
                          .getObjectRequest(get -> get.bucket(BUCKET).key(key)))
              .url()
              .toString());
    }
  }
}
