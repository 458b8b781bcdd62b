package dev.lakebed.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The memory that one request may take for its body, out of what is kept for all of them; it is
 * given back when the request ends.
 */
public interface BodyMemory {
  /** For bodies that are in memory already. */
  BodyMemory UNBOUNDED = bytes -> {};

  /** A byte of a body comes to so many: its copy, and what is parsed from it. */
  int WEIGHT = 4;

  /**
   * Takes memory before it is used.
   *
   * @throws RuntimeException that says the server is busy, when there is no room
   */
  void take(long bytes);

  /** A stream that takes memory for what is read from it, for a body that is kept whole. */
  default InputStream metered(InputStream in) {
    return new FilterInputStream(in) {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        int count = in.read(target, offset, length);
        if (count > 0) {
          take((long) WEIGHT * count);
        }
        return count;
      }
    };
  }
}
