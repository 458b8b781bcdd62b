package dev.lakebed.tables.rest;

import dev.lakebed.http.RequestBody;
import java.io.IOException;
import java.io.InputStream;

/** Reads a body into memory, up to 1 MiB: the largest requests are Iceberg schemas. */
final class BodyBytes {
  private static final int LIMIT = 1 << 20;

  private BodyBytes() {}

  static byte[] read(RequestBody body) throws IOException {
    if (body.length().orElse(0) > LIMIT) {
      throw tooLarge();
    }
    try (InputStream in = body.open()) {
      byte[] bytes = in.readNBytes(LIMIT + 1);
      if (bytes.length > LIMIT) {
        throw tooLarge();
      }
      return bytes;
    }
  }

  private static RuntimeException tooLarge() {
    return TablesError.REQUEST_ENTITY_TOO_LARGE.because("The request body is larger than 1 MiB.");
  }
}
