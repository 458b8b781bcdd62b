package dev.lakebed.front.payara;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.glassfish.grizzly.Connection;

/**
 * Connections that must do something before long: send the head of a request, end a body that
 * nobody reads, or begin another request. One that does not is closed without a word.
 */
final class Deadlines {
  /** For a whole head, from its first byte, and for the first one from the connection on. */
  static final int HEAD_SECONDS = 20;

  /** For what is left of a body after the answer. */
  static final int REST_SECONDS = 3;

  /** For a next request, from the last answer on. */
  static final int IDLE_SECONDS = 60;

  private final Map<Connection<?>, Long> ends = new ConcurrentHashMap<>();
  private final LongSupplier nanos;

  Deadlines(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Starts the time, unless less is left of one that runs. */
  void expect(Connection<?> connection, int seconds) {
    long end = nanos.getAsLong() + TimeUnit.SECONDS.toNanos(seconds);
    ends.merge(connection, end, (before, now) -> before - now <= 0 ? before : now);
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
