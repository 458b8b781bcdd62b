package dev.lakebed.auth;

import dev.lakebed.http.Request;
import dev.lakebed.policy.AddressRange;
import java.util.Collection;
import java.util.List;

/**
 * The proxies whose {@code X-Forwarded-For} and {@code X-Forwarded-Proto} are believed. From
 * anybody else these headers are noise.
 */
public final class TrustedProxies {
  public static final TrustedProxies NONE = new TrustedProxies(List.of());

  /** What stands for an address that a trusted proxy named and that cannot be read. */
  private static final String UNKNOWN = "unknown";

  private final List<AddressRange> ranges;

  private TrustedProxies(List<AddressRange> ranges) {
    this.ranges = List.copyOf(ranges);
  }

  /** Trusts addresses and CIDR blocks; IllegalArgumentException when one is neither. */
  public static TrustedProxies of(Collection<String> blocks) {
    return new TrustedProxies(blocks.stream().map(AddressRange::parse).toList());
  }

  /**
   * The address of the client: the last one of the chain that is not a trusted proxy. When that
   * cannot be read, a word that is no address: the proxy's own would be taken for the client's.
   */
  public String clientAddress(Request request) {
    String peer = request.connection().remoteAddress();
    if (!trusts(peer)) {
      return peer;
    }
    List<String> forwarded = request.headers().all("x-forwarded-for");
    if (forwarded.isEmpty()) {
      return peer;
    }
    String[] chain = String.join(",", forwarded).split(",", -1);
    for (int i = chain.length - 1; i >= 0; i--) {
      String hop = chain[i].trim();
      if (AddressRange.address(hop).isEmpty()) {
        return UNKNOWN;
      }
      if (!trusts(hop)) {
        return hop;
      }
    }
    return chain[0].trim();
  }

  /** Whether the client used TLS, up to this server or up to a trusted proxy. */
  boolean secure(Request request) {
    return request.connection().secure()
        || (trusts(request.connection().remoteAddress())
            && request.headers().all("x-forwarded-proto").equals(List.of("https")));
  }

  /** Whether the peer with that textual address is a trusted proxy. */
  public boolean trusts(String address) {
    return !ranges.isEmpty()
        && AddressRange.address(address).stream()
            .anyMatch(peer -> ranges.stream().anyMatch(range -> range.contains(peer)));
  }
}
