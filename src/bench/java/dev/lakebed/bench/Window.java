package dev.lakebed.bench;

/**
 * The measured time of a run. An operation counts with the share of its duration that lies inside,
 * so that long operations cut by the edges do not distort the rate. Times are {@link
 * System#nanoTime}.
 */
final class Window {
  private volatile Phase phase = Phase.WARM_UP;
  private long from;
  private long until;

  /** Begins measuring; called once. */
  void open() {
    from = System.nanoTime();
    phase = Phase.MEASURE;
  }

  /** Ends measuring; called once, after {@link #open}. */
  void close() {
    until = System.nanoTime();
    phase = Phase.OVER;
  }

  boolean over() {
    return phase == Phase.OVER;
  }

  double seconds() {
    return (until - from) / 1e9;
  }

  /** How much of an operation that has just ended counts, from 0 to 1. */
  double share(long start, long end) {
    Phase now = phase;
    if (now == Phase.WARM_UP) {
      return 0;
    }
    long first = Math.max(start - from, 0);
    long last = now == Phase.OVER ? Math.min(end - from, until - from) : end - from;
    return last <= first ? 0 : (double) (last - first) / (end - start);
  }

  /** Stages of a run. */
  private enum Phase {
    WARM_UP,
    MEASURE,
    OVER
  }
}
