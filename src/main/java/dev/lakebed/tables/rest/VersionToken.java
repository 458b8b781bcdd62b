package dev.lakebed.tables.rest;

import dev.lakebed.tables.rest.TableArn.InvalidValueException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Token that changes with every change of a table; a writer shows the one it has read.
 *
 * @param value 1 to 2048 visible ASCII characters when a client sends it; 32 hexadecimal digits
 *     when we make it
 */
public record VersionToken(String value) {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Pattern FORM = Pattern.compile("[!-~]{1,2048}");
  private static final int BYTES = 16;

  /** Checks length and characters. */
  public VersionToken {
    if (!FORM.matcher(value).matches()) {
      throw new InvalidValueException("versionToken must have 1 to 2048 visible ASCII characters");
    }
  }

  /** A token that was never used. */
  public static VersionToken random() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return new VersionToken(HexFormat.of().formatHex(bytes));
  }
}
