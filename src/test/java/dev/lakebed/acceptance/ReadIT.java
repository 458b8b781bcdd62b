package dev.lakebed.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.support.Evidence;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** How the readers of engines read. */
@AcceptanceTest
class ReadIT {
  private static final String BUCKET = "reads-" + UUID.randomUUID().toString().substring(0, 8);
  private static final String KEY = "t/data/ten";

  private final S3Client s3 = Endpoint.deployed().s3(Keys.ADMIN);

  @BeforeAll
  static void bucket() {
    try (S3Client s3 = Endpoint.deployed().s3(Keys.ADMIN)) {
      s3.createBucket(create -> create.bucket(BUCKET));
      s3.putObject(put -> put.bucket(BUCKET).key(KEY), RequestBody.fromString("0123456789"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=2-4, 234, bytes 2-4/10",
    "bytes=7-, 789, bytes 7-9/10",
    "bytes=-3, 789, bytes 7-9/10",
    "bytes=8-99, 89, bytes 8-9/10"
  })
  @Evidence({"catalog-E1", "catalog-E2"})
  void a_range_is_206_without_the_checksum_of_the_whole(
      String range, String text, String contentRange) {
    ResponseBytes<GetObjectResponse> reply =
        s3.getObjectAsBytes(
            get -> get.bucket(BUCKET).key(KEY).range(range).checksumMode(ChecksumMode.ENABLED));
    assertThat(reply.asUtf8String()).isEqualTo(text);
    assertThat(reply.response().sdkHttpResponse().statusCode()).isEqualTo(206);
    assertThat(reply.response().contentRange()).isEqualTo(contentRange);
    assertThat(reply.response().checksumCRC32()).isNull();
  }

  @Test
  @Evidence("catalog-E1")
  void a_range_beyond_the_end_is_416() {
    assertThat(
            Outcome.of(
                () -> s3.getObjectAsBytes(g -> g.bucket(BUCKET).key(KEY).range("bytes=10-"))))
        .isEqualTo("416 InvalidRange");
  }

  @Test
  @Evidence("catalog-E2")
  void the_whole_has_its_checksum_when_asked() {
    GetObjectResponse reply =
        s3.getObjectAsBytes(g -> g.bucket(BUCKET).key(KEY).checksumMode(ChecksumMode.ENABLED))
            .response();
    assertThat(reply.checksumCRC32()).isEqualTo("poTHxg==");
    assertThat(reply.checksumTypeAsString()).isEqualTo("FULL_OBJECT");
  }

  @Test
  @Evidence("catalog-E4")
  void conditions_and_tags_agree_in_put_head_get_and_list() {
    String tag =
        s3.putObject(p -> p.bucket(BUCKET).key("tagged"), RequestBody.fromString("x")).eTag();
    HeadObjectResponse head = s3.headObject(h -> h.bucket(BUCKET).key("tagged"));
    assertThat(tag).matches("\"[0-9a-f]{32}\"");
    assertThat(head.eTag()).isEqualTo(tag);
    assertThat(
            s3.listObjectsV2(l -> l.bucket(BUCKET).prefix("tagged")).contents().getFirst().eTag())
        .isEqualTo(tag);
    assertThat(
            Outcome.of(() -> s3.getObjectAsBytes(g -> g.bucket(BUCKET).key("tagged").ifMatch(tag))))
        .isEqualTo("ok");
    assertThat(
            Outcome.of(
                () -> s3.getObjectAsBytes(g -> g.bucket(BUCKET).key("tagged").ifMatch("\"0\""))))
        .isEqualTo("412 PreconditionFailed");
    assertThat(
            Outcome.of(
                () -> s3.getObjectAsBytes(g -> g.bucket(BUCKET).key("tagged").ifNoneMatch(tag))))
        .isEqualTo("304");
    assertThat(
            Outcome.of(
                () ->
                    s3.headObject(
                        h -> h.bucket(BUCKET).key("tagged").ifModifiedSince(head.lastModified()))))
        .isEqualTo("304");
  }

  @Test
  @Evidence("catalog-E4")
  void a_read_unless_modified_since() {
    Instant written = s3.headObject(h -> h.bucket(BUCKET).key(KEY)).lastModified();
    String tag = s3.headObject(h -> h.bucket(BUCKET).key(KEY)).eTag();
    Instant before = written.minusSeconds(60);
    assertThat(read(get -> get.ifUnmodifiedSince(written))).isEqualTo("ok");
    assertThat(read(get -> get.ifUnmodifiedSince(before))).isEqualTo("412 PreconditionFailed");
    assertThat(read(get -> get.ifMatch(tag).ifUnmodifiedSince(before)))
        .as("a tag that matches outweighs the time")
        .isEqualTo("ok");
    assertThat(
            Outcome.of(
                () -> s3.headObject(h -> h.bucket(BUCKET).key(KEY).ifUnmodifiedSince(before))))
        .isEqualTo("412");
  }

  private String read(Consumer<GetObjectRequest.Builder> condition) {
    return Outcome.of(
        () -> s3.getObjectAsBytes(get -> condition.accept(get.bucket(BUCKET).key(KEY))));
  }

  @Test
  @Evidence("catalog-E5")
  void what_is_missing_is_told_by_name() {
    assertThat(Outcome.of(() -> s3.getObjectAsBytes(g -> g.bucket(BUCKET).key("none"))))
        .isEqualTo("404 NoSuchKey");
    assertThat(Outcome.of(() -> s3.headObject(h -> h.bucket(BUCKET).key("none"))))
        .startsWith("404");
    assertThat(Outcome.of(() -> s3.getObjectAsBytes(g -> g.bucket(BUCKET + "-none").key("none"))))
        .isEqualTo("404 NoSuchBucket");
  }

  @Test
  @Evidence({"catalog-E6", "promise-3"})
  void every_change_is_seen_by_the_next_request() {
    for (int round = 0; round < 20; round++) {
      String text = "round " + round;
      s3.putObject(p -> p.bucket(BUCKET).key("seen"), RequestBody.fromString(text));
      assertThat(s3.getObjectAsBytes(g -> g.bucket(BUCKET).key("seen")).asUtf8String())
          .isEqualTo(text);
      assertThat(s3.listObjectsV2(l -> l.bucket(BUCKET).prefix("seen")).contents())
          .singleElement()
          .satisfies(entry -> assertThat(entry.size()).isEqualTo(text.length()));
      s3.deleteObject(d -> d.bucket(BUCKET).key("seen"));
      assertThat(Outcome.of(() -> s3.headObject(h -> h.bucket(BUCKET).key("seen"))))
          .startsWith("404");
      assertThat(s3.listObjectsV2(l -> l.bucket(BUCKET).prefix("seen")).contents()).isEmpty();
    }
  }
}
