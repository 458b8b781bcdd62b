package dev.lakebed.iam;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Files with a base64 key a line, of which the first seals and all open. */
final class KeyLines {
  private static final int BYTES = 32;

  private KeyLines() {}

  /**
   * The keys, at least one.
   *
   * @param least bytes that each must have
   * @param most bytes that none may exceed
   * @throws IOException saying what the file must hold
   */
  static List<byte[]> parse(String text, int least, int most) throws IOException {
    List<byte[]> keys = new ArrayList<>();
    try {
      text.lines().forEach(line -> keys.add(Base64.getDecoder().decode(line.strip())));
    } catch (IllegalArgumentException notBase64) {
      throw malformed(least, most);
    }
    if (keys.isEmpty() || keys.stream().anyMatch(k -> k.length < least || k.length > most)) {
      throw malformed(least, most);
    }
    return keys;
  }

  private static IOException malformed(int least, int most) {
    String length = least == most ? String.valueOf(least) : least + " to " + most;
    return new IOException("must hold base64 keys of " + length + " bytes, one a line");
  }

  /** The text of a file with one new key. */
  static String generate() {
    byte[] key = new byte[BYTES];
    new SecureRandom().nextBytes(key);
    return Base64.getEncoder().encodeToString(key) + "\n";
  }
}
