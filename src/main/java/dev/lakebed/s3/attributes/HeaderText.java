package dev.lakebed.s3.attributes;

import dev.lakebed.s3.error.S3Error;
import java.nio.charset.StandardCharsets;

/** Text that goes into a header: one character per byte, without control characters. */
public final class HeaderText {
  private HeaderText() {}

  /**
   * Refuses control characters, so that no stored or reflected value can end a header line.
   *
   * @throws dev.lakebed.s3.error.S3Exception InvalidArgument
   */
  public static String requireSafe(String name, String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < 0x20 && c != '\t') || c == 0x7f) {
        throw S3Error.INVALID_ARGUMENT
            .exception("Header values must not contain control characters")
            .with("ArgumentName", name);
      }
    }
    return value;
  }

  /** Text from a query as it is written into a header: each byte of its UTF-8 is one character. */
  public static String ofQuery(String name, String value) {
    byte[] utf8 = requireSafe(name, value).getBytes(StandardCharsets.UTF_8);
    return new String(utf8, StandardCharsets.ISO_8859_1);
  }
}
