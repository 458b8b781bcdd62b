package dev.lakebed.iam.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Ids in AWS's form, a four-letter prefix and base32 digits.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids">AWS,
 *     unique identifiers</a>
 */
public final class UniqueId {
  private static final String DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private UniqueId() {}

  /** The id of an entity of a configuration file: the same at every start and on every node. */
  public static String ofArn(String prefix, String arn) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(arn.getBytes(StandardCharsets.UTF_8));
      return prefix + base32(hash, 17);
    } catch (NoSuchAlgorithmException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }

  /** The first {@code digits} base32 digits of {@code bytes}, five bits each. */
  public static String base32(byte[] bytes, int digits) {
    StringBuilder out = new StringBuilder(digits);
    for (int digit = 0; digit < digits; digit++) {
      int bit = digit * 5;
      int high = bytes[bit / 8] & 0xff;
      int low = bit / 8 + 1 < bytes.length ? bytes[bit / 8 + 1] & 0xff : 0;
      out.append(DIGITS.charAt(((high << 8 | low) >> (11 - bit % 8)) & 31));
    }
    return out.toString();
  }
}
