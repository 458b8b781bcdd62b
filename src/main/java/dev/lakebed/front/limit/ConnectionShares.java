package dev.lakebed.front.limit;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Predicate;

/**
 * What connections share before anything of a request is known; {@code heads} are bytes of heads of
 * which a part has come. Trusted proxies, which stand for many clients, are {@code unlimited}.
 */
public record ConnectionShares(
    Shares connections, Shares heads, Tarpit tarpit, Predicate<String> unlimited) {
  private static final int NETWORK_BYTES = 8;

  /** For whom a connection from an address counts. */
  public String holder(InetAddress peer) {
    String address = peer.getHostAddress();
    return unlimited.test(address) ? Shares.NOBODY : network(address);
  }

  /**
   * Whom an address stands for when shares are counted: an IPv4 address for itself, as any other
   * text, an IPv6 address for its network of 64 bits, which a customer of a provider has alone.
   */
  static String network(String address) {
    if (address.indexOf(':') < 0) {
      return address;
    }
    try {
      byte[] bytes = InetAddress.getByName(address).getAddress();
      return bytes.length > NETWORK_BYTES
          ? HexFormat.of().formatHex(Arrays.copyOf(bytes, NETWORK_BYTES))
          : InetAddress.getByAddress(bytes).getHostAddress();
    } catch (UnknownHostException noAddress) {
      return address;
    }
  }
}
