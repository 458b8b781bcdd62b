package dev.lakebed.tables.rest;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Token that changes with every change of a table; a writer shows the one it has read. */
public final class VersionToken {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Pattern FORM = Pattern.compile("[!-~]{1,2048}");
  private static final int BYTES = 16;

  private VersionToken() {}

  /**
   * A token that a client sends, or fails with BadRequestException unless it has 1 to 2048 visible
   * ASCII characters.
   */
  public static String check(String value) {
    if (!FORM.matcher(value).matches()) {
      throw TablesError.BAD_REQUEST.because(
          "versionToken must have 1 to 2048 visible ASCII characters");
    }
    return value;
  }

  /** A token that was never used: 32 hexadecimal digits. */
  public static String random() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
