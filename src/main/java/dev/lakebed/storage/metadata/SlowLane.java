package dev.lakebed.storage.metadata;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;

/**
 * Tries writes again whose keys another transaction holds, for a bounded time and on a connection
 * of its own. So a lock that is never given back delays the writes of its key and no others.
 */
final class SlowLane implements Runnable {
  private static final System.Logger LOG = System.getLogger(SlowLane.class.getName());
  private static final long SHORTEST_PAUSE_MILLIS = 1;
  private static final long LONGEST_PAUSE_MILLIS = 50;

  private final WaitingWrites waiting = new WaitingWrites();
  private final Batches batches;
  private final Duration limit;
  private volatile boolean closed;
  private int heldAgain;

  /**
   * Tries in such transactions.
   *
   * @param limit how long a write is tried, since it began
   */
  SlowLane(WriteTransaction transaction, DatabaseTime time, Duration limit) {
    this.batches = new Batches(transaction, time, this::again, waiting::failAll);
    this.limit = limit;
  }

  /** Takes a write from a batch of which it was left out. */
  void add(PendingWrite write) {
    if (write.giveBack() && !waiting.add(write)) {
      write.failed(new MetadataUnavailableException("too many writes wait for locked keys"));
    }
  }

  @Override
  public void run() {
    long pause = SHORTEST_PAUSE_MILLIS;
    while (!closed) {
      try {
        List<PendingWrite> batch = waiting.take();
        heldAgain = 0;
        if (!batch.isEmpty()) {
          batches.commit(batch);
        }
        pause = heldAgain < batch.size() ? SHORTEST_PAUSE_MILLIS : pause * 2;
        if (heldAgain > 0) {
          Thread.sleep(Math.min(pause, LONGEST_PAUSE_MILLIS));
        }
        pause = Math.min(pause, LONGEST_PAUSE_MILLIS);
      } catch (InterruptedException e) {
        LOG.log(Level.DEBUG, "the slow lane is asked to end");
      }
    }
  }

  /** Ends; what still waits fails. To be called after the thread was ended. */
  void close() {
    closed = true;
  }

  void failAll(MetadataUnavailableException failure) {
    waiting.failAll(failure);
  }

  private void again(PendingWrite write) {
    heldAgain++;
    if (write.isOlderThan(limit)) {
      write.failed(new MetadataUnavailableException("another transaction holds the key"));
    } else {
      add(write);
    }
  }
}
