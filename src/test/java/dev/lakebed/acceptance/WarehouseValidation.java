package dev.lakebed.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

/**
 * The requests by which Lakekeeper checks a new warehouse.
 *
 * @param clients makes the client for a key
 * @param own key of Lakekeeper's own traffic
 * @param vend gives the session cut down by the policy
 */
record WarehouseValidation(
    String bucket,
    Function<AwsCredentials, S3Client> clients,
    AwsCredentials own,
    Function<String, AwsCredentials> vend) {
  private static final byte[] CONTENT = "\"probe of the location\"".getBytes(UTF_8);

  /** Runs it once at a place of its own; the branch of the own key by the executor. */
  void run(Executor branches) {
    String location = "wh/" + UUID.randomUUID() + "/" + UUID.randomUUID();
    try (S3Client s3 = clients.apply(own)) {
      CompletableFuture<Void> ownBranch =
          CompletableFuture.runAsync(
              () -> writeReadDelete(s3, location + "/metadata/test"), branches);
      vendedBranch(location);
      ownBranch.join();
      assertThat(
              Outcome.of(
                  () ->
                      s3.headObject(
                          head ->
                              head.bucket(bucket)
                                  .key(location + "/metadata/forbidden-write-test"))))
          .startsWith("404");
      cleanUp(s3, location);
    }
  }

  private void vendedBranch(String location) {
    String policy = SessionPolicy.readWriteDelete(bucket, location + "/vended-test");
    try (S3Client s3 = clients.apply(vend.apply(policy))) {
      assertThat(Outcome.of(() -> put(s3, location + "/metadata/forbidden-write-test")))
          .isEqualTo("403 AccessDenied");
      writeReadDelete(s3, location + "/vended-test/metadata/test");
    }
  }

  private void writeReadDelete(S3Client s3, String key) {
    put(s3, key);
    long length = s3.headObject(head -> head.bucket(bucket).key(key)).contentLength();
    assertThat(length).isEqualTo(CONTENT.length);
    assertThat(
            s3.getObjectAsBytes(get -> get.bucket(bucket).key(key).range("bytes=0-" + (length - 1)))
                .asByteArray())
        .isEqualTo(CONTENT);
    s3.deleteObject(delete -> delete.bucket(bucket).key(key));
  }

  private void cleanUp(S3Client s3, String location) {
    List<ObjectIdentifier> keys =
        List.of("/metadata/test", "/vended-test/metadata/test").stream()
            .map(name -> ObjectIdentifier.builder().key(location + name).build())
            .toList();
    s3.listObjectsV2(list -> list.bucket(bucket).prefix(location + "/"));
    DeleteObjectsResponse deleted =
        s3.deleteObjects(delete -> delete.bucket(bucket).delete(body -> body.objects(keys)));
    assertThat(deleted.errors()).isEmpty();
    assertThat(deleted.deleted()).hasSize(keys.size());
    assertThat(
            s3.listObjectsV2(list -> list.bucket(bucket).prefix(location + "/").maxKeys(1))
                .contents())
        .isEmpty();
  }

  private void put(S3Client s3, String key) {
    s3.putObject(put -> put.bucket(bucket).key(key), RequestBody.fromBytes(CONTENT));
  }
}
