package dev.lakebed.s3;

import dev.lakebed.auth.PrincipalBinding;
import dev.lakebed.storage.blob.BlobStore;
import dev.lakebed.storage.metadata.bucket.AccessRules;
import dev.lakebed.storage.metadata.bucket.Buckets;
import dev.lakebed.storage.metadata.object.Objects;
import dev.lakebed.storage.metadata.object.Uploads;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;

/**
 * What the S3 operations work on. {@code rootUsers} says whether an account has a root user, whom
 * no bucket policy locks out.
 */
public record S3Services(
    Buckets buckets,
    AccessRules accessRules,
    PrincipalBinding principals,
    Objects objects,
    Uploads uploads,
    BlobStore blobs,
    Predicate<String> rootUsers,
    InstantSource clock) {

  /**
   * Settings of the S3 protocol.
   *
   * @param domains host names without port whose sub-domains are buckets (virtual-host style)
   * @param hostId text of {@code HostId} in error bodies; names the node for support
   */
  public record S3Settings(String region, List<String> domains, String hostId) {
    public S3Settings {
      domains = List.copyOf(domains);
      if (region.isBlank()) {
        throw new IllegalArgumentException("the region must not be empty");
      }
    }
  }
}
