package dev.lakebed.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.HdrHistogram.Histogram;

/**
 * What one decision costs on one thread, measured over batches. Times are processor time of the
 * thread, so that other work on the machine counts as little as it can; each is the mean of a batch
 * in nanoseconds: the least, the one in the middle, and the one that one batch in a hundred
 * exceeds.
 *
 * @param bytes allocated by one decision
 */
record DecisionCost(long least, long median, long p99, long bytes) {
  private static final long BATCH_NANOS = 500_000;
  private static final long HIGHEST_NANOS = 10_000_000_000L;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Repeats the decision for a while to let it be compiled, then measures. */
  static DecisionCost measure(Runnable decision, Duration warmUp, Duration measured) {
    int batch = Math.toIntExact(Math.max(1, BATCH_NANOS / perDecision(decision, warmUp)));
    Histogram means = new Histogram(1, HIGHEST_NANOS, 3);
    long allocated = THREADS.getCurrentThreadAllocatedBytes();
    long end = System.nanoTime() + measured.toNanos();
    do {
      long begin = THREADS.getCurrentThreadCpuTime();
      for (int i = 0; i < batch; i++) {
        decision.run();
      }
      long used = THREADS.getCurrentThreadCpuTime() - begin;
      means.recordValue(Math.clamp(used / batch, 1, HIGHEST_NANOS));
    } while (System.nanoTime() < end);
    long bytes = THREADS.getCurrentThreadAllocatedBytes() - allocated;
    return new DecisionCost(
        means.getMinValue(),
        means.getValueAtPercentile(50),
        means.getValueAtPercentile(99),
        bytes / (batch * means.getTotalCount()));
  }

  /** Mean of the second half of the warm-up. */
  private static long perDecision(Runnable decision, Duration warmUp) {
    repeat(decision, warmUp.toNanos() / 2);
    return Math.max(1, repeat(decision, warmUp.toNanos() / 2));
  }

  private static long repeat(Runnable decision, long nanos) {
    long end = System.nanoTime() + nanos;
    long begin = THREADS.getCurrentThreadCpuTime();
    long count = 0;
    do {
      decision.run();
      count++;
    } while (System.nanoTime() < end);
    return (THREADS.getCurrentThreadCpuTime() - begin) / count;
  }
}
