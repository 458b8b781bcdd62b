package dev.lakebed.limit;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Bounds how often something is done, such as a line written to a log: so many times a second, a
 * few more at once after a quiet time. What is left out is counted.
 */
public final class TokenBucket {
  private final double perSecond;
  private final double burst;
  private final LongSupplier nanos;
  private double tokens;
  private long last;
  private long leftOut;

  /** Starts full. */
  public TokenBucket(double perSecond, double burst, LongSupplier nanos) {
    this.perSecond = perSecond;
    this.burst = burst;
    this.nanos = nanos;
    this.tokens = burst;
    this.last = nanos.getAsLong();
  }

  /** One more may be done, up to the most at once. */
  public synchronized void giveBack() {
    tokens = Math.min(burst, tokens + 1);
  }

  /** -1 when it may not be done now; else how often it was left out since the last time. */
  public synchronized long permit() {
    long now = nanos.getAsLong();
    double seconds = (now - last) / (double) TimeUnit.SECONDS.toNanos(1);
    tokens = Math.min(burst, tokens + seconds * perSecond);
    last = now;
    if (tokens < 1) {
      leftOut++;
      return -1;
    }
    tokens--;
    long before = leftOut;
    leftOut = 0;
    return before;
  }
}
