package dev.lakebed.policy;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A range of IPv4 or IPv6 addresses. Bits behind the prefix are ignored, as AWS does.
 *
 * @param network the first {@code prefix} bits
 * @param bits 32 or 128
 */
record Cidr(BigInteger network, int prefix, int bits) {
  private static final int IPV4_BITS = 32;
  private static final int IPV6_BITS = 128;
  private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
  private static final Pattern IPV4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
  private static final Pattern PREFIX = Pattern.compile("0|[1-9][0-9]{0,2}");

  /** Reads {@code address} or {@code address/prefix}. */
  static Optional<Cidr> parse(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    return address(address)
        .flatMap(
            bytes -> {
              int written = IPV6.matcher(address).matches() ? IPV6_BITS : IPV4_BITS;
              String length = slash < 0 ? Integer.toString(written) : text.substring(slash + 1);
              if (!PREFIX.matcher(length).matches()) {
                return Optional.empty();
              }
              // An IPv4-mapped IPv6 address is read as IPv4.
              int prefix = Integer.parseInt(length) - (written - bytes.length * Byte.SIZE);
              return prefix < 0 || prefix > bytes.length * Byte.SIZE
                  ? Optional.empty()
                  : Optional.of(of(bytes, prefix));
            });
  }

  boolean contains(byte[] address) {
    return address.length * Byte.SIZE == bits && of(address, prefix).network.equals(network);
  }

  private static Cidr of(byte[] address, int prefix) {
    int bits = address.length * Byte.SIZE;
    return new Cidr(new BigInteger(1, address).shiftRight(bits - prefix), prefix, bits);
  }

  /** The bytes of a literal address. Never asks a name service. */
  static Optional<byte[]> address(String text) {
    try {
      if (IPV4.matcher(text).matches()) {
        return Optional.of(InetAddress.getByName(text).getAddress());
      }
      // Brackets admit nothing but an IPv6 literal.
      return IPV6.matcher(text).matches()
          ? Optional.of(InetAddress.getByName("[" + text + "]").getAddress())
          : Optional.empty();
    } catch (UnknownHostException notAnAddress) {
      return Optional.empty();
    }
  }
}
