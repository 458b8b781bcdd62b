package dev.lakebed.s3.rest;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;

/** Text that goes into a header: one character per byte, without control characters. */
public final class HeaderText {
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  private HeaderText() {}

  /** The names in a table, where white space is between them. */
  public static Set<String> names(String table) {
    return Set.of(table.strip().split("\\s+"));
  }

  /**
   * Refuses control characters, so that no stored or reflected value can end a header line. Fails
   * with InvalidArgument.
   */
  public static String requireSafe(String name, String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < 0x20 && c != '\t') || c == 0x7f) {
        throw S3Error.invalidArgument("Header values must not contain control characters", name);
      }
    }
    return value;
  }

  /** Whether the text can be the name of a header: a token of RFC 9110 section 5.6.2. */
  public static boolean isName(String text) {
    return TOKEN.matcher(text).matches();
  }

  /**
   * Refuses what can be no header's name, so that no stored or reflected name can end a header
   * line. Fails with InvalidArgument.
   */
  public static String requireName(String name) {
    if (!isName(name)) {
      throw S3Error.invalidArgument(
          "Header names must be tokens of letters, digits and !#$%&'*+-.^_`|~", name);
    }
    return name;
  }

  /** Text from a query as it is written into a header: each byte of its UTF-8 is one character. */
  public static String ofQuery(String name, String value) {
    byte[] utf8 = requireSafe(name, value).getBytes(StandardCharsets.UTF_8);
    return new String(utf8, StandardCharsets.ISO_8859_1);
  }
}
