package dev.lakebed.front;

import dev.lakebed.auth.payload.PayloadException;
import dev.lakebed.front.limit.Ticket;
import dev.lakebed.http.Request;
import dev.lakebed.http.RequestBody;
import dev.lakebed.http.RequestBody.BodyMemory;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** The body as the server delivers it, and what of memory it may take when it is kept whole. */
public record ClientBody(OptionalLong length, Source source, BodyMemory memory)
    implements RequestBody {
  /** Gives the stream when it is first asked for. */
  @FunctionalInterface
  public interface Source {
    InputStream open() throws IOException;
  }

  /** The request, with its body counted for what it holds. */
  static Request counted(Request request, Ticket ticket) {
    return request.body() instanceof ClientBody body
        ? request.withBody(body.counted(ticket))
        : request;
  }

  private ClientBody counted(Ticket ticket) {
    return new ClientBody(
        length,
        () -> {
          ticket.opened();
          return new ClientInput(source.open(), System::nanoTime, ticket::isSigned, ticket::ended);
        },
        ticket);
  }

  @Override
  public InputStream open() throws IOException {
    return source.open();
  }

  /**
   * The body as the client sends it. A client that sends nothing for the server's read timeout is
   * given up, and so is one that is too slow, or that did not sign and takes its time. Whatever
   * else goes wrong, the client has gone away or has not sent what is a body.
   */
  static final class ClientInput extends FilterInputStream {
    /** For a whole body whose sender is not known. */
    private static final long UNSIGNED_SECONDS = 300;

    private final Pace pace;
    private final BooleanSupplier signed;
    private final Runnable ended;

    /** Asks {@code signed} at each read, because it becomes known on the way. */
    ClientInput(InputStream in, LongSupplier nanos, BooleanSupplier signed, Runnable ended) {
      super(in);
      this.pace = new Pace(nanos);
      this.signed = signed;
      this.ended = ended;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      pace.begin();
      int n;
      try {
        n = super.read(buffer, offset, length);
      } catch (IOException failure) {
        throw failure.getCause() instanceof TimeoutException ? timeout() : brokenOff(failure);
      }
      pace.end(n);
      if (n < 0) {
        ended.run();
      }
      if (n >= 0 && (pace.isTooSlow() || isOverdue())) {
        throw timeout();
      }
      return n;
    }

    private boolean isOverdue() {
      return pace.waitedSeconds() > UNSIGNED_SECONDS && !signed.getAsBoolean();
    }

    /** Whoever sends can break off at will: no failure of the server, and not for its log. */
    private static IOException brokenOff(IOException failure) {
      PayloadException incomplete =
          new PayloadException(
              PayloadException.Reason.INCOMPLETE,
              "The request ended before its body was complete.");
      incomplete.initCause(failure);
      return incomplete;
    }

    private static PayloadException timeout() {
      return new PayloadException(
          PayloadException.Reason.TIMEOUT,
          "Your socket connection to the server was not read from or written to within the timeout"
              + " period. Idle connections will be closed.");
    }

    /**
     * How fast a client sends or takes bytes. Only the time spent waiting for it counts. One that
     * is next to still would hold a place and a thread for days.
     */
    static final class Pace {
      /** So long a client may be as slow as it likes. */
      private static final long PATIENCE_SECONDS = 60;

      /** Afterwards it must have passed so much in each second on average. */
      private static final long BYTES_PER_SECOND = 1024;

      private final LongSupplier nanos;
      private long waited;
      private long passed;
      private long began;

      Pace(LongSupplier nanos) {
        this.nanos = nanos;
      }

      void begin() {
        began = nanos.getAsLong();
      }

      void end(int bytes) {
        waited += nanos.getAsLong() - began;
        passed += Math.max(bytes, 0);
      }

      boolean isTooSlow() {
        long seconds = waitedSeconds();
        return seconds > PATIENCE_SECONDS && passed < seconds * BYTES_PER_SECOND;
      }

      long waitedSeconds() {
        return TimeUnit.NANOSECONDS.toSeconds(waited);
      }
    }
  }
}
