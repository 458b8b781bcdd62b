package dev.lakebed.s3.rest;

import java.nio.charset.StandardCharsets;

/** The one rule for object keys: any UTF-8 text of at most 1024 bytes. */
public final class ObjectKeys {
  private static final int MAX_BYTES = 1024;

  private ObjectKeys() {}

  /**
   * Refuses a key over 1024 bytes of UTF-8.
   *
   * @throws dev.lakebed.s3.rest.S3Exception KeyTooLongError
   */
  public static void requireStorable(String key) {
    if (key.length() <= MAX_BYTES / 3) {
      return;
    }
    int bytes = key.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MAX_BYTES) {
      throw S3Error.KEY_TOO_LONG
          .exception()
          .with("Size", Integer.toString(bytes))
          .with("MaxSizeAllowed", Integer.toString(MAX_BYTES));
    }
  }
}
