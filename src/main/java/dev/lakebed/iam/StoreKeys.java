package dev.lakebed.iam;

import dev.lakebed.iam.store.SecretSeal;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The key that seals secret access keys in the database, kept in {@code iam.key} and nowhere else.
 * That file has a base64 key of 32 bytes a line; the first seals, all open. Servers on one database
 * need the same file.
 */
public final class StoreKeys {
  private static final String FILE = "iam.key";
  private static final int KEY_BYTES = 32;

  private StoreKeys() {}

  /**
   * Reads or makes the key.
   *
   * @param keys folder of {@code iam.key}
   * @throws IOException when it cannot be read or written, or holds no keys
   */
  public static SecretSeal read(Path keys) throws IOException {
    String content = PrivateFile.readOrCreate(keys, FILE, StoreKeys::generate);
    try {
      return new SecretSeal(
          content.lines().map(line -> Base64.getDecoder().decode(line.strip())).toList());
    } catch (IllegalArgumentException malformed) {
      throw new IOException(
          keys.resolve(FILE) + " must hold base64 keys of 32 bytes, one a line", malformed);
    }
  }

  private static String generate() {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return Base64.getEncoder().encodeToString(key) + "\n";
  }
}
