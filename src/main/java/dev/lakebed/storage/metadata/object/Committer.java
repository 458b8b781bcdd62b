package dev.lakebed.storage.metadata.object;

import dev.lakebed.storage.metadata.ConnectionPools;
import dev.lakebed.storage.metadata.MetadataUnavailableException;
import dev.lakebed.storage.metadata.Transactions.DatabaseTime;
import dev.lakebed.storage.metadata.object.PendingWrite.WaitingWrites;
import dev.lakebed.storage.metadata.object.WriteSet.Write;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Gathers the writes of concurrent callers into shared transactions: whoever comes while a
 * transaction is running takes part in the next. No batch waits for a key that another transaction
 * holds; its writes go to the {@link SlowLane}.
 */
public final class Committer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Committer.class.getName());

  /** Two: one prepares while the other waits for the disk. */
  private static final int THREADS = ConnectionPools.COMMITTERS / 2 - 1;

  private final WaitingWrites queue = new WaitingWrites();
  private final List<Thread> threads = new ArrayList<>();
  private final CommitLimits limits;
  private final SlowLane slowLane;
  private volatile boolean closed;

  private Committer(DataSource source, DatabaseTime time, CommitLimits limits) {
    this.limits = limits;
    this.slowLane =
        new SlowLane(new WriteTransaction(source, limits.asking()), time, limits.held());
  }

  public static Committer start(DataSource source, DatabaseTime time, CommitLimits limits) {
    Committer committer = new Committer(source, time, limits);
    for (int i = 1; i <= THREADS; i++) {
      Batches batches =
          new Batches(
              new WriteTransaction(source, limits.asking()),
              time,
              committer.slowLane::add,
              committer.queue::failAll);
      committer.start("lakebed-committer-" + i, () -> committer.run(batches));
    }
    committer.start("lakebed-committer-slow", committer.slowLane);
    return committer;
  }

  /** Does writes, each by itself; for each, in order, what {@link PendingWrite#await} says. */
  List<Optional<RuntimeException>> commit(List<Write> writes) {
    List<PendingWrite> pending = writes.stream().map(PendingWrite::new).toList();
    boolean accepted = true;
    for (PendingWrite write : pending) {
      accepted = accepted && enqueue(write);
      if (!accepted) {
        write.failed(new MetadataUnavailableException("too many writes are waiting"));
      }
    }
    return pending.stream().map(write -> write.await(limits.decision())).toList();
  }

  /** Ends after the batches under way; what still waits fails. */
  @Override
  public void close() {
    closed = true;
    slowLane.close();
    threads.forEach(Thread::interrupt);
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    MetadataUnavailableException stopping = new MetadataUnavailableException("Lakebed is stopping");
    queue.failAll(stopping);
    slowLane.failAll(stopping);
  }

  private void start(String name, Runnable work) {
    threads.add(Thread.ofPlatform().name(name).daemon().start(work));
  }

  private boolean enqueue(PendingWrite pending) {
    try {
      return !closed && queue.add(pending, limits.queue());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void run(Batches batches) {
    while (!closed) {
      try {
        List<PendingWrite> batch = queue.take();
        if (!batch.isEmpty()) {
          batches.commit(batch);
        }
      } catch (InterruptedException e) {
        LOG.log(Level.DEBUG, "the committer is asked to end");
      }
    }
  }

  /**
   * How long writes wait.
   *
   * @param queue for a place in the queue
   * @param held for a key that another transaction holds
   * @param asking for the database to tell the outcome of a commit whose connection was lost
   * @param decision for all of it; after that the outcome is unknown to the caller
   */
  public record CommitLimits(Duration queue, Duration held, Duration asking, Duration decision) {
    public static final CommitLimits DEFAULT =
        new CommitLimits(
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(20),
            Duration.ofSeconds(30));
  }

  /**
   * Tries writes again whose keys another transaction holds, for a bounded time and on a connection
   * of its own. So a lock that is never given back delays the writes of its key and no others.
   */
  static final class SlowLane implements Runnable {
    private static final System.Logger LOG = System.getLogger(SlowLane.class.getName());
    private static final long SHORTEST_PAUSE_MILLIS = 1;
    private static final long LONGEST_PAUSE_MILLIS = 50;

    private final WaitingWrites waiting = new WaitingWrites();
    private final Batches batches;
    private final Duration limit;
    private volatile boolean closed;
    private int heldAgain;

    /** {@code limit} is how long a write is tried, since it began. */
    SlowLane(WriteTransaction transaction, DatabaseTime time, Duration limit) {
      this.batches = new Batches(transaction, time, this::again, waiting::failAll);
      this.limit = limit;
    }

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
}
