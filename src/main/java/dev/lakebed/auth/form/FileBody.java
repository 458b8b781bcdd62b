package dev.lakebed.auth.form;

import dev.lakebed.auth.payload.VerifiedStream;
import dev.lakebed.http.Headers;
import dev.lakebed.http.RequestBody;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

/**
 * The file of a form.
 *
 * @param part reads the current part
 * @param least fewest bytes allowed
 * @param most greatest number of bytes allowed
 */
record FileBody(InputStream part, long least, long most) implements RequestBody {
  @Override
  public OptionalLong length() {
    return OptionalLong.empty();
  }

  @Override
  public InputStream open() {
    return new SizedStream(part, least, most);
  }

  @Override
  public Headers trailers() {
    return Headers.NONE;
  }

  private static final class SizedStream extends VerifiedStream {
    private final InputStream part;
    private final long least;
    private final long most;
    private long passed;

    SizedStream(InputStream part, long least, long most) {
      this.part = part;
      this.least = least;
      this.most = most;
    }

    @Override
    protected int next(byte[] target, int offset, int length) throws IOException {
      int count = part.read(target, offset, length);
      if (count < 0) {
        if (passed < least) {
          throw new FileSizeException(FileSizeException.Reason.TOO_SMALL);
        }
        return count;
      }
      passed += count;
      if (passed > most) {
        throw new FileSizeException(FileSizeException.Reason.TOO_LARGE);
      }
      return count;
    }

    @Override
    public void close() throws IOException {
      part.close();
    }
  }
}
