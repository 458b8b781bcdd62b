package dev.lakebed.auth.payload;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

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

  /** The text up to the next CR LF, without it; a longer one is refused for that reason. */
  String line(int longest, PayloadException.Reason reason) throws IOException {
    StringBuilder line = new StringBuilder();
    while (true) {
      int b = require();
      if (b == '\r') {
        if (require() != '\n') {
          throw reason.because("A carriage return stands alone in the framing.");
        }
        return line.toString();
      }
      if (line.length() == longest) {
        throw reason.because("A line of the framing is too long.");
      }
      line.append((char) b);
    }
  }

  /** The CR LF behind the data of a chunk; anything else means that the chunk was cut or grew. */
  void endOfData() throws IOException {
    if (require() != '\r' || require() != '\n') {
      throw PayloadException.Reason.INCOMPLETE.because(
          "A chunk does not end where its header says.");
    }
  }

  /** Demands that the body ends here. */
  void endOfBody() throws IOException {
    if (position < limit || raw.read() >= 0) {
      throw PayloadException.Reason.MALFORMED_CHUNK.because(
          "The body goes on behind its last chunk.");
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
    return PayloadException.Reason.INCOMPLETE.because("The body ended before its last chunk.");
  }

  @Override
  public void close() throws IOException {
    raw.close();
  }
}
