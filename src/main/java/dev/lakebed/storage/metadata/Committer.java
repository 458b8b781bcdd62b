package dev.lakebed.storage.metadata;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Gathers the writes of concurrent callers into shared transactions: whoever comes while a
 * transaction is running takes part in the next. No batch waits for a key that another transaction
 * holds; its writes go to the {@link SlowLane}.
 */
final class Committer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Committer.class.getName());

  /** Two: one prepares while the other waits for the disk. */
  private static final int THREADS = 2;

  /** One for each thread and the slow lane, and one for each that asks for an outcome. */
  static final int CONNECTIONS = 2 * (THREADS + 1);

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

  static Committer start(DataSource source, DatabaseTime time, CommitLimits limits) {
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

  /**
   * Does writes, each by itself.
   *
   * @return per write, in order, what {@link PendingWrite#await} says
   */
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
    for (Thread thread : threads) {
      thread.interrupt();
    }
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
}
