package dev.lakebed.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.support.Evidence;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3tables.S3TablesClient;

/** Bucket and table policies through the wire with the AWS SDK. */
@Evidence({"contract-1.1", "contract-5.2", "contract-5.5"})
@AcceptanceTest
class ResourcePolicyIT {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final Endpoint endpoint = Endpoint.deployed();
  private final String bucket = "p-" + UUID.randomUUID().toString().substring(0, 8);

  @BeforeEach
  void bucketWithAnObject() {
    try (S3Client admin = endpoint.s3(Keys.ADMIN)) {
      admin.createBucket(create -> create.bucket(bucket));
      admin.putObject(put -> put.bucket(bucket).key("k"), RequestBody.fromString("x"));
    }
  }

  private String policy(String effect, String principal, String action) {
    return """
    {"Version":"2012-10-17","Statement":[{"Effect":"%s","Principal":%s,"Action":"%s",
     "Resource":["arn:aws:s3:::%s","arn:aws:s3:::%s/*"]}]}\
    """
        .formatted(effect, principal, action, bucket, bucket);
  }

  private int anonymous(String path, String... headers) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(endpoint.uri() + "/" + bucket + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  @Test
  @Evidence("attack-41")
  void a_public_policy_opens_the_bucket_until_it_is_restricted() throws Exception {
    try (S3Client admin = endpoint.s3(Keys.ADMIN)) {
      assertThat(anonymous("/k")).isEqualTo(403);
      admin.putBucketPolicy(
          put -> put.bucket(bucket).policy(policy("Allow", "\"*\"", "s3:GetObject")));
      assertThat(anonymous("/k")).isEqualTo(200);
      assertThat(anonymous("")).isEqualTo(403);
      assertThat(admin.getBucketPolicyStatus(get -> get.bucket(bucket)).policyStatus().isPublic())
          .isTrue();
      admin.putPublicAccessBlock(
          put ->
              put.bucket(bucket)
                  .publicAccessBlockConfiguration(b -> b.restrictPublicBuckets(true)));
      assertThat(anonymous("/k")).isEqualTo(403);
      assertThat(
              admin
                  .getPublicAccessBlock(get -> get.bucket(bucket))
                  .publicAccessBlockConfiguration()
                  .restrictPublicBuckets())
          .isTrue();
      admin.deletePublicAccessBlock(delete -> delete.bucket(bucket));
      assertThat(anonymous("/k")).isEqualTo(200);
      admin.deleteBucketPolicy(delete -> delete.bucket(bucket));
      assertThat(anonymous("/k")).isEqualTo(403);
      assertThat(Outcome.of(() -> admin.getBucketPolicy(get -> get.bucket(bucket))))
          .isEqualTo("404 NoSuchBucketPolicy");
    }
  }

  @Test
  @Evidence("attack-19")
  void a_broken_signature_is_not_anonymous() throws Exception {
    try (S3Client admin = endpoint.s3(Keys.ADMIN)) {
      admin.putBucketPolicy(
          put -> put.bucket(bucket).policy(policy("Allow", "\"*\"", "s3:GetObject")));
    }
    assertThat(anonymous("/k", "Authorization", "AWS4-HMAC-SHA256 nonsense")).isEqualTo(400);
    assertThat(anonymous("/k?X-Amz-Algorithm=AWS4-HMAC-SHA256")).isEqualTo(400);
  }

  @Test
  @Evidence("attack-30")
  void a_deny_binds_vended_sessions_and_users_and_malformed_policies_are_refused() {
    try (S3Client admin = endpoint.s3(Keys.ADMIN);
        S3Client keeper = endpoint.s3(Keys.KEEPER);
        S3Client vended =
            endpoint.s3(
                Keys.vended(endpoint, Keys.KEEPER, SessionPolicy.readWriteDelete(bucket, "t")))) {
      assertThat(Outcome.of(() -> put(vended))).isEqualTo("ok");
      admin.putBucketPolicy(
          put -> put.bucket(bucket).policy(policy("Deny", "\"*\"", "s3:PutObject")));
      assertThat(Outcome.of(() -> put(vended))).isEqualTo("403 AccessDenied");
      assertThat(Outcome.of(() -> put(keeper))).isEqualTo("403 AccessDenied");
      assertThat(Outcome.of(() -> put(admin))).isEqualTo("403 AccessDenied");
      assertThat(
              Outcome.of(
                  () -> admin.putBucketPolicy(put -> put.bucket(bucket).policy("{\"Version\":1}"))))
          .isEqualTo("400 MalformedPolicy");
      assertThat(
              Outcome.of(
                  () ->
                      admin.putBucketPolicy(
                          put -> put.bucket(bucket).policy(policy("Deny", "\"*\"", "s3:*")))))
          .as("a policy that locks its writer out")
          .isEqualTo("403 AccessDenied");
      assertThat(Outcome.of(() -> keeper.getBucketPolicy(get -> get.bucket(bucket))))
          .isEqualTo("403 AccessDenied");
    }
  }

  @Test
  void policies_of_table_buckets_are_kept() {
    try (S3TablesClient tables = endpoint.tables(Keys.ADMIN)) {
      String arn = tables.createTableBucket(create -> create.name(bucket + "-t")).arn();
      String document =
          """
          {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
           "Principal":{"AWS":"111122223333"},"Action":"s3tables:GetTable","Resource":"%s/*"}]}\
          """
              .formatted(arn);
      tables.putTableBucketPolicy(put -> put.tableBucketARN(arn).resourcePolicy(document));
      assertThat(tables.getTableBucketPolicy(get -> get.tableBucketARN(arn)).resourcePolicy())
          .isEqualTo(document);
      tables.deleteTableBucketPolicy(delete -> delete.tableBucketARN(arn));
      assertThat(Outcome.of(() -> tables.getTableBucketPolicy(get -> get.tableBucketARN(arn))))
          .isEqualTo("404 NotFoundException");
    }
  }

  private void put(S3Client s3) {
    s3.putObject(put -> put.bucket(bucket).key("t/k"), RequestBody.fromString("x"));
  }
}
