package dev.lakebed.auth.payload;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Reads lines and data of a framed body through one small buffer. */
final class WireReader implements Closeable {
  private static final int BUFFER = 16 * 1024;
  private static final int FRAMING = 512;

  private final InputStream raw;
  private final byte[] buffer;
  private int position;
  private int limit;

  /** {@code expected} bytes of data are coming; small bodies get a small buffer. */
  WireReader(InputStream raw, long expected) {
    this.raw = raw;
    this.buffer = new byte[(int) Math.min(BUFFER, expected + FRAMING)];
  }

  /**
   * The text up to the next CR LF, without it.
   *
   * @param longest greatest number of characters
   * @param reason why a longer line is refused
   */
  String line(int longest, PayloadException.Reason reason) throws IOException {
    StringBuilder line = new StringBuilder();
    while (true) {
      int b = require();
      if (b == '\r') {
        if (require() != '\n') {
          throw new PayloadException(reason, "A carriage return stands alone in the framing.");
        }
        return line.toString();
      }
      if (line.length() == longest) {
        throw new PayloadException(reason, "A line of the framing is too long.");
      }
      line.append((char) b);
    }
  }

  /** The CR LF behind the data of a chunk; anything else means that the chunk was cut or grew. */
  void endOfData() throws IOException {
    if (require() != '\r' || require() != '\n') {
      throw new PayloadException(
          PayloadException.Reason.INCOMPLETE, "A chunk does not end where its header says.");
    }
  }

  /** Demands that the body ends here. */
  void endOfBody() throws IOException {
    if (position < limit || raw.read() >= 0) {
      throw new PayloadException(
          PayloadException.Reason.MALFORMED_CHUNK, "The body goes on behind its last chunk.");
    }
  }

  /** Up to {@code length} bytes of data, at least one. */
  int data(byte[] target, int offset, int length) throws IOException {
    if (position == limit && length < buffer.length) {
      fill();
    }
    if (position < limit) {
      int count = Math.min(length, limit - position);
      System.arraycopy(buffer, position, target, offset, count);
      position += count;
      return count;
    }
    int count = raw.read(target, offset, length);
    if (count < 0) {
      throw incomplete();
    }
    return count;
  }

  private int require() throws IOException {
    if (position == limit) {
      fill();
    }
    return buffer[position++] & 0xff;
  }

  private void fill() throws IOException {
    int count = raw.read(buffer, 0, buffer.length);
    if (count <= 0) {
      throw incomplete();
    }
    position = 0;
    limit = count;
  }

  private static PayloadException incomplete() {
    return new PayloadException(
        PayloadException.Reason.INCOMPLETE, "The body ended before its last chunk.");
  }

  /** Bytes of a line as they were, for hashing. */
  static byte[] bytes(String line) {
    return line.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    raw.close();
  }
}
