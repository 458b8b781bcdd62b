package dev.lakebed.edge.payara;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.glassfish.grizzly.Connection;

/**
 * Connections that must do something before long: send the head of a request, or end a body that
 * nobody reads. One that does not is closed without a word.
 */
final class Deadlines {
  /** For a whole head, from its first byte, and for the first one from the connection on. */
  static final int HEAD_SECONDS = 20;

  /** For what is left of a body after the answer. */
  static final int REST_SECONDS = 3;

  private final Map<Connection<?>, Long> ends = new ConcurrentHashMap<>();
  private final LongSupplier nanos;

  Deadlines(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Starts the time, unless it runs already. */
  void expect(Connection<?> connection, int seconds) {
    ends.putIfAbsent(connection, nanos.getAsLong() + TimeUnit.SECONDS.toNanos(seconds));
  }

  /** It came, or the connection is closed. */
  void met(Connection<?> connection) {
    ends.remove(connection);
  }

  /** Closes what is late. */
  void sweep() {
    long now = nanos.getAsLong();
    ends.forEach(
        (connection, end) -> {
          if (now - end >= 0 && ends.remove(connection, end)) {
            connection.terminateSilently();
          }
        });
  }
}
