package dev.lakebed.s3.operation;

import dev.lakebed.policy.Keys;
import dev.lakebed.s3.request.S3Request;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Condition keys that S3 requests of every kind may carry, read only when a policy asks. Those
 * about signature and account are the authentication's.
 */
record RequestKeys(S3Request request) implements Keys {
  private static final String PREFIX = "s3:";
  private static final Set<String> HEADERS =
      Set.of(
          "x-amz-acl",
          "x-amz-grant-read",
          "x-amz-grant-write",
          "x-amz-grant-read-acp",
          "x-amz-grant-write-acp",
          "x-amz-grant-full-control",
          "x-amz-copy-source",
          "x-amz-metadata-directive",
          "x-amz-server-side-encryption",
          "x-amz-server-side-encryption-aws-kms-key-id",
          "x-amz-server-side-encryption-customer-algorithm",
          "x-amz-storage-class",
          "x-amz-website-redirect-location",
          "x-amz-object-ownership",
          "if-match",
          "if-none-match");

  @Override
  public List<String> values(String key) {
    if (!key.startsWith(PREFIX)) {
      return List.of();
    }
    String name = key.substring(PREFIX.length());
    if (HEADERS.contains(name)) {
      return request.wire().headers().all(name);
    }
    Optional<String> version =
        name.equals("versionid") ? request.query("versionId") : Optional.empty();
    return version.map(List::of).orElse(List.of());
  }
}
