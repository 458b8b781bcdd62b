package dev.lakebed.http;

import dev.lakebed.http.RawTarget.MalformedTargetException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Percent encoding of RFC 3986 with the unreserved set that SigV4 signs (<a
 * href="https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html">AWS, Create a
 * signed request</a>): letters, digits, {@code - . _ ~}.
 */
public final class PercentEncoding {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private PercentEncoding() {}

  /** Encodes the UTF-8 bytes of {@code text}, {@code /} too. */
  public static String encode(String text) {
    return encode(text.getBytes(StandardCharsets.UTF_8), false);
  }

  /** Encodes the UTF-8 bytes of {@code path} and leaves {@code /} as it is. */
  public static String encodePath(String path) {
    return encode(path.getBytes(StandardCharsets.UTF_8), true);
  }

  public static String encode(byte[] bytes, boolean keepSlash) {
    StringBuilder out = new StringBuilder(bytes.length + 16);
    for (byte b : bytes) {
      char c = (char) (b & 0xff);
      if (isUnreserved(c) || (keepSlash && c == '/')) {
        out.append(c);
      } else {
        out.append('%');
        HEX.toHexDigits(out, b);
      }
    }
    return out.toString();
  }

  /**
   * Decodes once to bytes. Characters above U+007F of {@code raw} stand for the byte of the same
   * number, as a request line is read as ISO-8859-1. Fails with MalformedTargetException for a
   * broken escape.
   */
  public static byte[] decodeToBytes(String raw) {
    byte[] out = new byte[raw.length()];
    int length = 0;
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c != '%') {
        out[length++] = (byte) c;
        continue;
      }
      if (i + 2 >= raw.length()
          || !HexFormat.isHexDigit(raw.charAt(i + 1))
          || !HexFormat.isHexDigit(raw.charAt(i + 2))) {
        throw new MalformedTargetException("broken percent escape");
      }
      out[length++] =
          (byte)
              (HexFormat.fromHexDigit(raw.charAt(i + 1)) << 4
                  | HexFormat.fromHexDigit(raw.charAt(i + 2)));
      i += 2;
    }
    return length == out.length ? out : Arrays.copyOf(out, length);
  }

  /**
   * Decodes once to text. Fails with MalformedTargetException for a broken escape or bytes that are
   * not UTF-8.
   */
  public static String decode(String raw) {
    if (raw.chars().allMatch(c -> c != '%' && c <= 0x7f)) {
      return raw;
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(decodeToBytes(raw)))
          .toString();
    } catch (CharacterCodingException notUtf8) {
      throw new MalformedTargetException("not UTF-8");
    }
  }

  /** Whether SigV4 leaves this character unescaped. */
  public static boolean isUnreserved(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "-._~".indexOf(c) >= 0;
  }
}
