package dev.lakebed.auth.payload;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A stream that reports end of file only after its checks passed. Once a check failed, every later
 * read fails the same way, so that no caller can take the bytes for complete.
 */
public abstract class VerifiedStream extends InputStream {
  private @Nullable IOException failure;
  private boolean ended;

  /** Reads at least one byte, or checks and returns -1. {@code length} is at least one. */
  protected abstract int next(byte[] target, int offset, int length) throws IOException;

  @Override
  public final int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (failure != null) {
      throw failure;
    }
    if (length == 0) {
      return 0;
    }
    if (ended) {
      return -1;
    }
    try {
      int count = next(target, offset, length);
      ended = count < 0;
      return count;
    } catch (IOException refused) {
      failure = refused;
      throw refused;
    }
  }

  @Override
  public final int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }
}
