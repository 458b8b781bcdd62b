package dev.lakebed.edge;

import dev.lakebed.auth.PayloadException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * The body as the client sends it. A client that sends nothing for the server's read timeout is
 * given up, and so is one that sends next to nothing: it would hold a place and a thread for days.
 * Only the time spent waiting for the client counts.
 */
final class ClientInput extends FilterInputStream {
  /** So long a client may be as slow as it likes. */
  private static final long PATIENCE_SECONDS = 60;

  /** Afterwards it must have sent so much in each second on average. */
  private static final long BYTES_PER_SECOND = 128;

  private final LongSupplier nanos;
  private long waited;
  private long received;

  ClientInput(InputStream in, LongSupplier nanos) {
    super(in);
    this.nanos = nanos;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    long began = nanos.getAsLong();
    int n;
    try {
      n = super.read(buffer, offset, length);
    } catch (IOException failure) {
      if (failure.getCause() instanceof TimeoutException) {
        throw timeout();
      }
      throw failure;
    }
    waited += nanos.getAsLong() - began;
    received += Math.max(n, 0);
    long seconds = TimeUnit.NANOSECONDS.toSeconds(waited);
    if (n >= 0 && seconds > PATIENCE_SECONDS && received < seconds * BYTES_PER_SECOND) {
      throw timeout();
    }
    return n;
  }

  private static PayloadException timeout() {
    return new PayloadException(
        PayloadException.Reason.TIMEOUT,
        "Your socket connection to the server was not read from or written to within the timeout"
            + " period. Idle connections will be closed.");
  }
}
