package dev.lakebed.s3;

import java.util.List;

/**
 * Settings of the S3 protocol.
 *
 * @param region the region this server says it is in
 * @param domains host names without port whose sub-domains are buckets (virtual-host style)
 * @param hostId text of {@code HostId} in error bodies; names the node for support
 */
public record S3Settings(String region, List<String> domains, String hostId) {
  /** Copies the list. */
  public S3Settings {
    domains = List.copyOf(domains);
    if (region.isBlank()) {
      throw new IllegalArgumentException("the region must not be empty");
    }
  }
}
