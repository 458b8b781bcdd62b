package dev.lakebed.metadata;

import dev.lakebed.metadata.WriteTransaction.UndecidedException;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * Gathers the writes of concurrent callers into shared transactions: whoever comes while a
 * transaction is running takes part in the next.
 */
final class Committer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Committer.class.getName());

  /** Two: one prepares while the other waits for the disk. */
  private static final int THREADS = 2;

  private static final int QUEUE = 8192;
  private static final int LARGEST_BATCH = 256;
  private static final int ATTEMPTS = 3;
  private static final Duration QUEUE_LIMIT = Duration.ofSeconds(5);
  private static final Duration DECISION_LIMIT = Duration.ofSeconds(30);

  private final BlockingQueue<PendingWrite> queue = new ArrayBlockingQueue<>(QUEUE);
  private final DataSource source;
  private final DatabaseTime time;
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean closed;

  private Committer(DataSource source, DatabaseTime time) {
    this.source = source;
    this.time = time;
  }

  static Committer start(DataSource source, DatabaseTime time) {
    Committer committer = new Committer(source, time);
    for (int i = 1; i <= THREADS; i++) {
      committer.threads.add(
          Thread.ofPlatform().name("lakebed-committer-" + i).daemon().start(committer::run));
    }
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
    return pending.stream().map(write -> write.await(DECISION_LIMIT)).toList();
  }

  private boolean enqueue(PendingWrite pending) {
    try {
      return !closed && queue.offer(pending, QUEUE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Ends after the batches under way; what still waits fails. */
  @Override
  public void close() {
    closed = true;
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
    failAll(taken(QUEUE), new MetadataUnavailableException("Lakebed is stopping"));
  }

  private void run() {
    WriteTransaction transaction = new WriteTransaction(source);
    while (!closed) {
      List<PendingWrite> batch = next();
      if (!batch.isEmpty()) {
        commit(transaction, batch, ATTEMPTS);
      }
    }
  }

  private List<PendingWrite> next() {
    try {
      PendingWrite first = queue.poll(1, TimeUnit.SECONDS);
      if (first == null) {
        return List.of();
      }
      List<PendingWrite> batch = taken(LARGEST_BATCH - 1);
      if (first.take()) {
        batch.add(0, first);
      }
      return batch;
    } catch (InterruptedException e) {
      LOG.log(Level.DEBUG, "the committer is asked to end");
      return List.of();
    }
  }

  private List<PendingWrite> taken(int most) {
    List<PendingWrite> waiting = new ArrayList<>();
    queue.drainTo(waiting, most);
    waiting.removeIf(pending -> !pending.take());
    return waiting;
  }

  private void commit(WriteTransaction transaction, List<PendingWrite> batch, int attempts) {
    try {
      List<Optional<RuntimeException>> outcomes =
          timed(transaction, batch.stream().map(PendingWrite::write).toList());
      for (int i = 0; i < outcomes.size(); i++) {
        batch.get(i).decided(outcomes.get(i));
      }
    } catch (SQLException e) {
      notCommitted(transaction, batch, attempts - 1, e);
    } catch (UndecidedException e) {
      failAll(batch, new UnknownOutcomeException("the outcome of the write is unknown", e));
    } catch (RuntimeException | Error e) {
      // A committer that dies would leave every later caller waiting.
      refused(transaction, batch, e);
    }
  }

  private List<Optional<RuntimeException>> timed(WriteTransaction transaction, List<Write> writes)
      throws SQLException, UndecidedException {
    long began = System.nanoTime();
    try {
      return transaction.commit(writes);
    } finally {
      time.add(began);
    }
  }

  private void notCommitted(
      WriteTransaction transaction, List<PendingWrite> batch, int attempts, SQLException e) {
    switch (SqlFailure.of(e)) {
      case CONFLICT, CONNECTION_LOST -> {
        if (attempts > 0) {
          commit(transaction, batch, attempts);
        } else {
          failAll(batch, silent(e));
        }
      }
      case UNAVAILABLE -> {
        failAll(batch, silent(e));
        failAll(taken(QUEUE), silent(e));
      }
      case REFERENCED, DUPLICATE, OTHER -> refused(transaction, batch, e);
    }
  }

  /** One write that cannot be done must not take the others with it. */
  private void refused(WriteTransaction transaction, List<PendingWrite> batch, Throwable e) {
    if (batch.size() > 1) {
      batch.forEach(pending -> commit(transaction, List.of(pending), 1));
    } else {
      LOG.log(Level.ERROR, "the database refuses a write", e);
      failAll(
          batch, new MetadataUnavailableException("the metadata database refuses the write", e));
    }
  }

  private static void failAll(List<PendingWrite> batch, MetadataUnavailableException failure) {
    batch.forEach(pending -> pending.failed(failure));
  }

  private static MetadataUnavailableException silent(SQLException e) {
    return new MetadataUnavailableException("the metadata database does not answer", e);
  }
}
