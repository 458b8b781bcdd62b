package dev.lakebed.iam;

import dev.lakebed.iam.KeyFile.KeyLines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The keys that seal secret access keys in the database, kept in {@code iam.key} and nowhere else.
 * That file has a base64 key of 32 bytes a line; the first seals, all open. Servers on one database
 * need the same file.
 */
public final class StoreKeys {
  private static final int BYTES = 32;

  private final KeyFile<List<byte[]>> file;

  /**
   * Reads or makes the key.
   *
   * @param keys folder of {@code iam.key}
   * @throws IOException when it cannot be read or written, or holds no keys
   */
  public StoreKeys(Path keys) throws IOException {
    this.file =
        new KeyFile<>(
            keys, "iam.key", KeyLines::generate, text -> KeyLines.parse(text, BYTES, BYTES));
  }

  /** The keys in force; another list when they changed. */
  public List<byte[]> all() {
    return file.keys();
  }
}
