package dev.lakebed.task;

import dev.lakebed.http.LogText;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Tells the operator that work which is tried again and again fails: in one line at first and once
 * a minute, and in another when it works again. Failures that nobody foresaw have their stack
 * trace.
 */
public final class Outage {
  private static final long PAUSE = Duration.ofMinutes(1).toNanos();

  private final System.Logger log;
  private final String what;
  private final Class<? extends RuntimeException> foreseen;
  private final LongSupplier nanos;
  private boolean failing;
  private long told;

  /**
   * Tells that {@code what}, a sentence without its end; the message of a {@code foreseen} failure
   * says enough.
   */
  public Outage(
      System.Logger log,
      String what,
      Class<? extends RuntimeException> foreseen,
      LongSupplier nanos) {
    this.log = log;
    this.what = what;
    this.foreseen = foreseen;
    this.nanos = nanos;
  }

  public synchronized void failed(Throwable failure) {
    long now = nanos.getAsLong();
    if (failing && now - told < PAUSE) {
      return;
    }
    failing = true;
    told = now;
    if (foreseen.isInstance(failure)) {
      String reason = LogText.of(String.valueOf(failure.getMessage()));
      log.log(System.Logger.Level.WARNING, what + ": " + reason);
    } else {
      log.log(System.Logger.Level.WARNING, what, failure);
    }
  }

  public synchronized void worked() {
    if (failing) {
      failing = false;
      log.log(System.Logger.Level.INFO, what + ": no longer");
    }
  }
}
