package dev.lakebed.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

/** The body of a request; read once. */
public interface RequestBody {
  /** A body without bytes. */
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

        @Override
        public Headers trailers() {
          return Headers.NONE;
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
  Headers trailers();
}
