package dev.lakebed.storage.metadata;

import java.util.concurrent.atomic.LongAdder;

/** How much work the database did, and how long it took. */
final class DatabaseTime {
  private final LongAdder operations = new LongAdder();
  private final LongAdder nanos = new LongAdder();

  /** Counts an operation that began then, by {@link System#nanoTime}. */
  void add(long began) {
    operations.increment();
    nanos.add(System.nanoTime() - began);
  }

  DatabaseStatistics statistics() {
    return new DatabaseStatistics(operations.sum(), nanos.sum());
  }
}
