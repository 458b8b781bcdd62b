package dev.lakebed.task;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Bounds lines of a log: so many a second, a few more at once after a quiet time. What is left out
 * is counted, and the next line that may be written tells how many.
 */
public final class LogRate {
  private final double perSecond;
  private final double burst;
  private final LongSupplier nanos;
  private double tokens;
  private long last;
  private long leftOut;

  /**
   * A bound that starts full.
   *
   * @param burst most lines at once
   */
  public LogRate(double perSecond, double burst, LongSupplier nanos) {
    this.perSecond = perSecond;
    this.burst = burst;
    this.nanos = nanos;
    this.tokens = burst;
    this.last = nanos.getAsLong();
  }

  /**
   * Whether a line may be written now.
   *
   * @return -1 when not; else how many lines were left out since the last one
   */
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
