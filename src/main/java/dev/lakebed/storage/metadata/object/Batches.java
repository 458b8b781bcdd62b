package dev.lakebed.storage.metadata.object;

import dev.lakebed.storage.metadata.MetadataUnavailableException;
import dev.lakebed.storage.metadata.MetadataUnavailableException.UnknownOutcomeException;
import dev.lakebed.storage.metadata.SqlFailure;
import dev.lakebed.storage.metadata.Transactions.DatabaseTime;
import dev.lakebed.storage.metadata.object.WriteTransaction.UndecidedException;
import dev.lakebed.task.FailureLog;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;

/**
 * Commits batches, one after the other, and tells each write what became of it.
 *
 * @param held takes the writes whose keys somebody else has locked; nothing was done of them
 * @param away is told when the database does not answer
 */
record Batches(
    WriteTransaction transaction,
    DatabaseTime time,
    Consumer<PendingWrite> held,
    Consumer<MetadataUnavailableException> away) {
  private static final FailureLog FAILURES =
      new FailureLog(System.getLogger(Batches.class.getName()), System::nanoTime);
  private static final int ATTEMPTS = 3;

  void commit(List<PendingWrite> batch) {
    commit(batch, ATTEMPTS);
  }

  private void commit(List<PendingWrite> batch, int attempts) {
    try {
      timed(batch).forEach(held);
    } catch (SQLException e) {
      notCommitted(batch, attempts - 1, e);
    } catch (UndecidedException e) {
      failAll(batch, new UnknownOutcomeException("the outcome of the write is unknown", e));
    } catch (RuntimeException | Error e) {
      // A committer that dies would leave every later caller waiting.
      refused(batch, e);
    }
  }

  private List<PendingWrite> timed(List<PendingWrite> batch)
      throws SQLException, UndecidedException {
    long began = System.nanoTime();
    try {
      return transaction.commit(batch);
    } finally {
      time.add(began);
    }
  }

  private void notCommitted(List<PendingWrite> batch, int attempts, SQLException e) {
    switch (SqlFailure.of(e)) {
      case CONFLICT, CONNECTION_LOST -> {
        if (attempts > 0) {
          commit(batch, attempts);
        } else {
          failAll(batch, silent(e));
        }
      }
      case UNAVAILABLE -> {
        failAll(batch, silent(e));
        away.accept(silent(e));
      }
      case LOCKED -> {
        if (batch.size() > 1) {
          oneByOne(batch);
        } else {
          batch.forEach(held);
        }
      }
      case REFERENCED, DUPLICATE, OTHER -> refused(batch, e);
    }
  }

  private void refused(List<PendingWrite> batch, Throwable e) {
    if (batch.size() > 1) {
      oneByOne(batch);
    } else {
      FAILURES.add("the database refuses a write", e);
      failAll(
          batch, new MetadataUnavailableException("the metadata database refuses the write", e));
    }
  }

  /** One write that cannot be done must not take the others with it. */
  private void oneByOne(List<PendingWrite> batch) {
    batch.forEach(pending -> commit(List.of(pending), 1));
  }

  static void failAll(List<PendingWrite> batch, MetadataUnavailableException failure) {
    batch.forEach(pending -> pending.failed(failure));
  }

  private static MetadataUnavailableException silent(SQLException e) {
    return new MetadataUnavailableException("the metadata database does not answer", e);
  }
}
