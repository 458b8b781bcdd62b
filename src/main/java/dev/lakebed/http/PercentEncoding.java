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
    int length = decode(raw, 0, '+', out);
    return length == out.length ? out : Arrays.copyOf(out, length);
  }

  /** Decodes as many characters as there is room for bytes; tells how many bytes that gave. */
  private static int decode(String raw, int from, char plus, byte[] out) {
    int length = 0;
    for (int i = from, to = from + out.length; i < to; i++) {
      char c = raw.charAt(i);
      if (c == '%') {
        out[length++] = escaped(raw, i, to);
        i += 2;
      } else {
        out[length++] = (byte) (c == '+' ? plus : c);
      }
    }
    return length;
  }

  private static byte escaped(String raw, int at, int to) {
    if (at + 2 >= to
        || !HexFormat.isHexDigit(raw.charAt(at + 1))
        || !HexFormat.isHexDigit(raw.charAt(at + 2))) {
      throw new MalformedTargetException("broken percent escape");
    }
    return (byte)
        (HexFormat.fromHexDigit(raw.charAt(at + 1)) << 4
            | HexFormat.fromHexDigit(raw.charAt(at + 2)));
  }

  /**
   * Decodes once to text. Fails with MalformedTargetException for a broken escape or bytes that are
   * not UTF-8.
   */
  public static String decode(String raw) {
    return isPlain(raw) ? raw : decode(raw, 0, raw.length(), '+');
  }

  /**
   * The same for a part of a form, from {@code from} to before {@code to}, where a plus is a space
   * (WHATWG URL, section 5.1).
   */
  public static String decodeForm(String form, int from, int to) {
    return decode(form, from, to, ' ');
  }

  private static String decode(String raw, int from, int to, char plus) {
    byte[] bytes = new byte[to - from];
    int length = decode(raw, from, plus, bytes);
    String text = new String(bytes, 0, length, StandardCharsets.UTF_8);
    // Stands for what is not UTF-8, or was sent as it is.
    if (text.indexOf('\uFFFD') >= 0) {
      requireUtf8(ByteBuffer.wrap(bytes, 0, length));
    }
    return text;
  }

  private static void requireUtf8(ByteBuffer bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(bytes);
    } catch (CharacterCodingException notUtf8) {
      throw new MalformedTargetException("not UTF-8");
    }
  }

  private static boolean isPlain(String raw) {
    for (int i = 0; i < raw.length(); i++) {
      if (raw.charAt(i) == '%' || raw.charAt(i) > 0x7f) {
        return false;
      }
    }
    return true;
  }

  /** Whether SigV4 leaves this character unescaped. */
  public static boolean isUnreserved(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "-._~".indexOf(c) >= 0;
  }
}
