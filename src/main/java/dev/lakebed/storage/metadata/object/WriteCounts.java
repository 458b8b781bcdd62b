package dev.lakebed.storage.metadata.object;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Counts writes when they begin and when they end, by stripes of what they may change. What a
 * reader found holds when no write of its stripe was under way as it began to read, and none has
 * begun since.
 */
final class WriteCounts {
  private static final int STRIPES = 1 << 14;

  private final AtomicIntegerArray begun = new AtomicIntegerArray(STRIPES);
  private final AtomicIntegerArray ended = new AtomicIntegerArray(STRIPES);

  static int stripe(int hash) {
    return (hash ^ (hash >>> 16)) & (STRIPES - 1);
  }

  /** How many have begun, this one among them. */
  int begin(int stripe) {
    return begun.incrementAndGet(stripe);
  }

  void end(int stripe) {
    ended.incrementAndGet(stripe);
  }

  int begun(int stripe) {
    return begun.get(stripe);
  }

  /** Whether so many have ended. */
  boolean ended(int stripe, int writes) {
    return ended.get(stripe) == writes;
  }
}
