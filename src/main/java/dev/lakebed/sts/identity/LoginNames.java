package dev.lakebed.sts.identity;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/**
 * What counts as one source and as one user. Coarser than what a directory tells apart: a name in
 * another spelling must not have guesses of its own.
 */
final class LoginNames {
  private static final int NETWORK_BYTES = 8;

  private LoginNames() {}

  /** Of IPv6 the network of 64 bits, of which one client has all addresses. */
  static String source(String address) {
    if (address.indexOf(':') < 0) {
      return address;
    }
    try {
      byte[] bytes = InetAddress.getByName("[" + address + "]").getAddress();
      return bytes.length > NETWORK_BYTES
          ? HexFormat.of().formatHex(Arrays.copyOf(bytes, NETWORK_BYTES))
          : address;
    } catch (UnknownHostException noLiteral) {
      return address;
    }
  }

  /**
   * The name without what directories ignore: case, width, spaces, invisible characters.
   *
   * @see <a href="https://www.rfc-editor.org/rfc/rfc4518">RFC 4518, string preparation</a>
   */
  static String user(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFKC)
        .replaceAll("[\\p{Z}\\p{C}\\p{M}]", "")
        .toUpperCase(Locale.ROOT)
        .toLowerCase(Locale.ROOT);
  }
}
