package dev.lakebed.policy;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A range of IPv4 or IPv6 addresses in CIDR form (RFC 4632). Bits behind the prefix are ignored, as
 * AWS does. An IPv4-mapped IPv6 address is read as IPv4.
 */
public record AddressRange(BigInteger network, int prefix, int bits) {
  private static final int IPV4_BITS = 32;
  private static final int IPV6_BITS = 128;
  private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
  private static final Pattern IPV4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  /** An IPv6 address has at most 45 letters; its zone is the name of an interface. */
  private static final int LONGEST = 128;

  private static final Pattern PREFIX = Pattern.compile("0|[1-9][0-9]{0,2}");

  /** An IPv6 address with the zone that it is meant in, such as {@code fe80::1%eth0}. */
  private static final Pattern ZONED = Pattern.compile("([0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)%[^%/]+");

  /** Reads {@code address} or {@code address/prefix}; empty when it is neither. */
  public static Optional<AddressRange> of(String text) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    return literal(address)
        .map(InetAddress::getAddress)
        .flatMap(
            bytes -> {
              int written = IPV6.matcher(address).matches() ? IPV6_BITS : IPV4_BITS;
              String length = slash < 0 ? Integer.toString(written) : text.substring(slash + 1);
              if (!PREFIX.matcher(length).matches()) {
                return Optional.empty();
              }
              int prefix = Integer.parseInt(length) - (written - bytes.length * Byte.SIZE);
              return prefix < 0 || prefix > bytes.length * Byte.SIZE
                  ? Optional.empty()
                  : Optional.of(of(bytes, prefix));
            });
  }

  /** The same; fails with IllegalArgumentException. */
  public static AddressRange parse(String text) {
    return of(text)
        .orElseThrow(() -> new IllegalArgumentException("not an IP address or range: " + text));
  }

  public boolean contains(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length * Byte.SIZE == bits && of(bytes, prefix).network.equals(network);
  }

  private static AddressRange of(byte[] address, int prefix) {
    int bits = address.length * Byte.SIZE;
    return new AddressRange(new BigInteger(1, address).shiftRight(bits - prefix), prefix, bits);
  }

  /**
   * A literal address, as a connection or a proxy names it. Never asks a name service. The zone of
   * an IPv6 address, which means something on this machine only, is left out.
   *
   * @see <a href="https://www.rfc-editor.org/rfc/rfc4007#section-11">RFC 4007, section 11</a>
   */
  public static Optional<InetAddress> address(String text) {
    return text.length() > LONGEST ? Optional.empty() : literal(withoutZone(text));
  }

  private static String withoutZone(String text) {
    Matcher zoned = ZONED.matcher(text);
    return zoned.matches() ? zoned.group(1) : text;
  }

  private static Optional<InetAddress> literal(String text) {
    try {
      if (IPV4.matcher(text).matches()) {
        return Optional.of(InetAddress.getByName(text));
      }
      // Brackets admit nothing but an IPv6 literal.
      return IPV6.matcher(text).matches()
          ? Optional.of(InetAddress.getByName("[" + text + "]"))
          : Optional.empty();
    } catch (UnknownHostException notAnAddress) {
      return Optional.empty();
    }
  }
}
