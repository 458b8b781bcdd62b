package dev.lakebed.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

/** The body of a request; read once. */
public interface RequestBody {
  RequestBody EMPTY =
      new RequestBody() {
        @Override
        public OptionalLong length() {
          return OptionalLong.of(0);
        }

        @Override
        public InputStream open() {
          return InputStream.nullInputStream();
        }
      };

  /** Number of bytes that {@link #open} will give, framing already removed; empty if unknown. */
  OptionalLong length();

  /**
   * The bytes. The stream throws an {@link IOException} when they are cut short, and the
   * authentication layer's payload exception when they do not match what was signed; it does so at
   * the latest in place of end of file, so whoever sees end of file has seen verified bytes.
   */
  InputStream open() throws IOException;

  /** What the body may take when it is kept whole in memory. */
  default BodyMemory memory() {
    return BodyMemory.UNBOUNDED;
  }

  /** Trailing header fields; complete once {@link #open}'s stream has reached end of file. */
  default Headers trailers() {
    return Headers.NONE;
  }

  /**
   * The memory that one request may take for its body, out of what is kept for all of them; it is
   * given back when the request ends.
   */
  public interface BodyMemory {
    /** For bodies that are in memory already. */
    BodyMemory UNBOUNDED = bytes -> {};

    /** A byte of a body comes to so many: its copy, and what is parsed from it. */
    int WEIGHT = 4;

    /** Takes memory before it is used, or fails with what says that the server is busy. */
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
}
