package dev.lakebed.storage.metadata;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** Writes in the order they came, a bounded number. */
final class WaitingWrites {
  private static final int MOST = 8192;
  private static final int LARGEST_BATCH = 256;

  private final BlockingQueue<PendingWrite> queue = new ArrayBlockingQueue<>(MOST);

  /** Adds a write; false when there is no room in time. */
  boolean add(PendingWrite write, Duration limit) throws InterruptedException {
    return queue.offer(write, limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Adds a write; false when there is no room. */
  boolean add(PendingWrite write) {
    return queue.offer(write);
  }

  /** Takes the next writes whose callers still wait; waits a second for the first. */
  List<PendingWrite> take() throws InterruptedException {
    PendingWrite first = queue.poll(1, TimeUnit.SECONDS);
    if (first == null) {
      return List.of();
    }
    List<PendingWrite> batch = new ArrayList<>();
    batch.add(first);
    queue.drainTo(batch, LARGEST_BATCH - 1);
    batch.removeIf(write -> !write.take());
    return batch;
  }

  /** None of those that wait will be done. */
  void failAll(MetadataUnavailableException failure) {
    List<PendingWrite> waiting = new ArrayList<>();
    queue.drainTo(waiting);
    waiting.removeIf(write -> !write.take());
    Batches.failAll(waiting, failure);
  }
}
