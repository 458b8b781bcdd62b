package dev.lakebed.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.support.Evidence;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Keys are opaque, in the path and in the host style. */
@AcceptanceTest
class KeyIT {
  private static final List<String> KEYS =
      List.of(
          "a?b",
          "a%3Fb",
          "Abc",
          "%41bc",
          "a+b",
          "a b",
          "'",
          "\"",
          "*",
          "$",
          "(",
          ",",
          ";x",
          "=",
          ":",
          "@",
          "&",
          "#",
          "a\\b",
          "\uD83D\uDE00",
          "\u00e9",
          "e\u0301",
          " lead",
          "trail ",
          "a//b",
          "a/b",
          "/a",
          "a/./b",
          "a/../b",
          "..",
          "a%2Fb",
          "a/",
          "k".repeat(1024));

  @ParameterizedTest(name = "virtual host {0}")
  @ValueSource(booleans = {false, true})
  @Evidence({"catalog-G1", "catalog-G2"})
  void every_key_is_itself_and_no_other(boolean virtualHost, Endpoint endpoint) {
    String bucket = "keys-" + UUID.randomUUID().toString().substring(0, 8);
    try (S3Client s3 = virtualHost ? endpoint.virtualHostS3(Keys.ADMIN) : endpoint.s3(Keys.ADMIN)) {
      s3.createBucket(create -> create.bucket(bucket));
      KEYS.forEach(
          key ->
              s3.putObject(
                  put -> put.bucket(bucket).key(key), RequestBody.fromString("is " + key)));
      for (String key : KEYS) {
        assertThat(s3.getObjectAsBytes(get -> get.bucket(bucket).key(key)).asUtf8String())
            .isEqualTo("is " + key);
      }
      assertThat(s3.listObjectsV2(list -> list.bucket(bucket)).contents())
          .extracting(S3Object::key)
          .containsExactlyInAnyOrderElementsOf(KEYS);
      KEYS.forEach(key -> s3.deleteObject(delete -> delete.bucket(bucket).key(key)));
      assertThat(s3.listObjectsV2(list -> list.bucket(bucket)).contents()).isEmpty();
      s3.deleteBucket(delete -> delete.bucket(bucket));
    }
  }

  @Test
  @Evidence("catalog-G2")
  void a_bucket_with_dots_is_reached_both_ways(Endpoint endpoint) {
    String bucket = "dots.in." + UUID.randomUUID().toString().substring(0, 8);
    try (S3Client s3 = endpoint.s3(Keys.ADMIN);
        S3Client virtualHost = endpoint.virtualHostS3(Keys.ADMIN)) {
      s3.createBucket(create -> create.bucket(bucket));
      virtualHost.putObject(put -> put.bucket(bucket).key("a"), RequestBody.fromString("x"));
      assertThat(s3.getObjectAsBytes(get -> get.bucket(bucket).key("a")).asUtf8String())
          .isEqualTo("x");
    }
  }

  @Test
  @Evidence("catalog-G4")
  void the_region_is_told(Endpoint endpoint) {
    String bucket = "region-" + UUID.randomUUID().toString().substring(0, 8);
    try (S3Client s3 = endpoint.s3(Keys.ADMIN)) {
      s3.createBucket(create -> create.bucket(bucket));
      assertThat(s3.headBucket(head -> head.bucket(bucket)).bucketRegion()).isEqualTo("us-east-1");
      assertThat(s3.getBucketLocation(get -> get.bucket(bucket)).locationConstraintAsString())
          .isIn(null, "");
    }
  }
}
