package dev.lakebed.sts.outbound;

import dev.lakebed.policy.AddressRange;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/**
 * Which addresses outbound requests may reach. Public ones: always. Private and loopback ones: when
 * the operator wrote the host. Link-local ones, where clouds keep their metadata services, those of
 * IPv6 that carry one of IPv4, and the like: only when the operator listed the address.
 */
final class AddressRules {
  private static final List<AddressRange> PRIVATE =
      ranges(
          "10.0.0.0/8",
          "172.16.0.0/12",
          "192.168.0.0/16",
          "127.0.0.0/8",
          "100.64.0.0/10",
          "198.18.0.0/15",
          "::1/128",
          "fc00::/7");
  private static final List<AddressRange> NEVER =
      ranges(
          "0.0.0.0/8",
          "169.254.0.0/16",
          "192.0.0.0/24",
          "100.100.100.200/32",
          "224.0.0.0/4",
          "240.0.0.0/4",
          "::/96",
          "64:ff9b::/96",
          "64:ff9b:1::/48",
          "::ffff:0:0:0/96",
          "2001::/32",
          "2002::/16",
          "fe80::/10",
          "fd00:ec2::/32",
          "ff00::/8");

  private final List<AddressRange> listed;

  AddressRules(List<String> listed) {
    this.listed = listed.stream().map(AddressRange::parse).toList();
  }

  private static List<AddressRange> ranges(String... blocks) {
    return List.of(blocks).stream().map(AddressRange::parse).toList();
  }

  boolean permits(InetAddress address, boolean named) {
    if (in(listed, address)) {
      return true;
    }
    return !isNever(address) && (named || !in(PRIVATE, address));
  }

  /** {@code ::1} lies in the block of the addresses that carry one of IPv4. */
  private static boolean isNever(InetAddress address) {
    return !address.isLoopbackAddress() && (in(NEVER, address) || isIsatap(address.getAddress()));
  }

  /** RFC 5214, section 6.1: of any prefix, the interface carries an address of IPv4. */
  private static boolean isIsatap(byte[] address) {
    return address.length == 16
        && (address[8] & ~2) == 0
        && address[9] == 0
        && address[10] == 0x5e
        && address[11] == (byte) 0xfe;
  }

  private static boolean in(List<AddressRange> ranges, InetAddress address) {
    return ranges.stream().anyMatch(range -> range.contains(address));
  }

  /**
   * Resolves names for the connection that is about to be made, and only to permitted addresses: a
   * name that resolves to another address the second time is checked the second time.
   */
  record CheckedResolver(AddressRules rules, boolean named) implements DnsResolver {
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      List<InetAddress> permitted =
          Arrays.stream(SystemDefaultDnsResolver.INSTANCE.resolve(host))
              .filter(address -> rules.permits(address, named))
              .toList();
      if (permitted.isEmpty()) {
        throw new UnknownHostException(host + " has no address that may be asked");
      }
      return permitted.toArray(InetAddress[]::new);
    }

    @Override
    public String resolveCanonicalHostname(String host) {
      return host;
    }
  }
}
