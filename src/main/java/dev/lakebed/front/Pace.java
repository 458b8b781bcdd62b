package dev.lakebed.front;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How fast a client sends or takes bytes. Only the time spent waiting for it counts. One that is
 * next to still would hold a place and a thread for days.
 */
final class Pace {
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
