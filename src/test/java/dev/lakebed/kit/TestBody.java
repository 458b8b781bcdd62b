package dev.lakebed.kit;

import dev.lakebed.http.Headers;
import dev.lakebed.http.RequestBody;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

/** A body in memory that may announce another length, carry trailers, or end in a failure. */
@SuppressWarnings("ArrayRecordComponent")
public record TestBody(byte[] bytes, OptionalLong length, Headers trailers, IOException failure)
    implements RequestBody {
  /** Whole bytes. */
  public static TestBody of(byte[] bytes) {
    return new TestBody(bytes, OptionalLong.of(bytes.length), Headers.NONE, null);
  }

  /** Whole bytes and trailers. */
  public static TestBody of(byte[] bytes, Headers trailers) {
    return new TestBody(bytes, OptionalLong.of(bytes.length), trailers, null);
  }

  /** Bytes of which more were announced, and the failure that stands in place of the rest. */
  public static TestBody failing(byte[] bytes, IOException failure) {
    return new TestBody(bytes, OptionalLong.of(bytes.length + 1L), Headers.NONE, failure);
  }

  /** Bytes of unknown number. */
  public static TestBody unknownLength(byte[] bytes) {
    return new TestBody(bytes, OptionalLong.empty(), Headers.NONE, null);
  }

  @Override
  public InputStream open() {
    InputStream in = new ByteArrayInputStream(bytes);
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] buffer, int offset, int count) throws IOException {
        int n = in.read(buffer, offset, count);
        if (n < 0 && failure != null) {
          throw failure;
        }
        return n;
      }
    };
  }
}
