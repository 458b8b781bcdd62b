package dev.lakebed.storage.metadata;

import java.util.concurrent.atomic.LongAdder;

/** How much work the database did, and how long it took. */
public final class DatabaseTime {
  private final LongAdder operations = new LongAdder();
  private final LongAdder nanos = new LongAdder();

  /** Counts an operation that began then, by {@link System#nanoTime}. */
  public void add(long began) {
    operations.increment();
    nanos.add(System.nanoTime() - began);
  }

  public DatabaseStatistics statistics() {
    return new DatabaseStatistics(operations.sum(), nanos.sum());
  }

  /**
   * Counts since the database was opened.
   *
   * @param operations reads and transactions, failed ones too
   * @param nanos time they took, waiting for a connection included
   */
  public record DatabaseStatistics(long operations, long nanos) {}
}
