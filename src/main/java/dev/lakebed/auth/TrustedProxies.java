package dev.lakebed.auth;

import dev.lakebed.wire.Request;
import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The proxies whose {@code X-Forwarded-For} and {@code X-Forwarded-Proto} are believed. From
 * anybody else these headers are noise.
 */
public final class TrustedProxies {
  /** No proxy is trusted. */
  public static final TrustedProxies NONE = new TrustedProxies(List.of());

  private final List<AddressRange> ranges;

  private TrustedProxies(List<AddressRange> ranges) {
    this.ranges = List.copyOf(ranges);
  }

  /**
   * Trusts addresses and CIDR blocks.
   *
   * @throws IllegalArgumentException when one is neither
   */
  public static TrustedProxies of(Collection<String> blocks) {
    return new TrustedProxies(blocks.stream().map(AddressRange::parse).toList());
  }

  /** The address of the client: the last one of the chain that is not a trusted proxy. */
  public String clientAddress(Request request) {
    String peer = request.connection().remoteAddress();
    if (!trusts(peer)) {
      return peer;
    }
    String[] chain = String.join(",", request.headers().all("x-forwarded-for")).split(",", -1);
    String client = peer;
    for (int i = chain.length - 1; i >= 0; i--) {
      Optional<InetAddress> hop = AddressRange.address(chain[i].trim());
      if (hop.isEmpty()) {
        return client;
      }
      client = chain[i].trim();
      if (!trusts(client)) {
        return client;
      }
    }
    return client;
  }

  /** Whether the client used TLS, up to this server or up to a trusted proxy. */
  boolean secure(Request request) {
    return request.connection().secure()
        || (trusts(request.connection().remoteAddress())
            && request.headers().all("x-forwarded-proto").equals(List.of("https")));
  }

  /** Whether the peer with that textual address is a trusted proxy. */
  public boolean trusts(String address) {
    if (ranges.isEmpty()) {
      return false;
    }
    return AddressRange.address(address)
        .filter(candidate -> ranges.stream().anyMatch(range -> range.contains(candidate)))
        .isPresent();
  }
}
