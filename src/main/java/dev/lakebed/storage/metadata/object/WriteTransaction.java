package dev.lakebed.storage.metadata.object;

import dev.lakebed.storage.metadata.Jdbc;
import dev.lakebed.storage.metadata.SqlFailure;
import dev.lakebed.storage.metadata.StatementPipeline;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/** Commits a batch of writes in one transaction, of which each is done or refused by itself. */
final class WriteTransaction {
  private static final System.Logger LOG = System.getLogger(WriteTransaction.class.getName());
  private static final long ASK_AGAIN_MILLIS = 100;

  private final DataSource source;
  private final Duration asking;
  private final CommitRecord record = new CommitRecord();

  /** {@code asking} is how long to ask for the outcome of a commit whose connection was lost. */
  WriteTransaction(DataSource source, Duration asking) {
    this.source = source;
    this.asking = asking;
  }

  /**
   * Commits and tells each write its outcome; gives those that were left out because somebody else
   * has locked their keys. After an {@link SQLException} nothing was committed and nothing told.
   */
  List<PendingWrite> commit(List<PendingWrite> writes) throws SQLException, UndecidedException {
    List<PendingWrite> held = new ArrayList<>();
    Map<PendingWrite, Optional<RuntimeException>> outcomes = new LinkedHashMap<>();
    record.register(source);
    boolean finished = false;
    try (Connection connection = source.getConnection()) {
      connection.setAutoCommit(false);
      LockedObjects locked =
          LockedObjects.tryToTake(
              connection, writes.stream().map(w -> w.write().target()).toList(), record);
      WriteSet set = new WriteSet(locked);
      for (PendingWrite pending : writes) {
        if (!locked.holds(pending.write().target())) {
          held.add(pending);
        } else if (pending.isWanted()) {
          outcomes.put(pending, set.apply(pending.write()));
        }
      }
      if (set.isEmpty()) {
        connection.rollback();
      } else {
        finish(connection, changes(connection, set));
      }
      finished = true;
    } catch (SQLException e) {
      if (!finished) {
        throw e;
      }
      LOG.log(Level.DEBUG, "a connection could not be given back after its commit", e);
    }
    outcomes.forEach(PendingWrite::decided);
    return held;
  }

  private static StatementPipeline changes(Connection connection, WriteSet set)
      throws SQLException {
    ObjectStatements.delete(connection, set.deletes());
    StatementPipeline pipeline = new StatementPipeline();
    ObjectStatements.add(pipeline, set, System.currentTimeMillis());
    return pipeline;
  }

  /** Changes and commits in one round trip. */
  private void finish(Connection connection, StatementPipeline changes)
      throws SQLException, UndecidedException {
    try {
      changes.statement("COMMIT").run(connection);
    } catch (SQLException e) {
      if (SqlFailure.of(e).rolledBack() || !wasCommitted(e)) {
        throw e;
      }
    } catch (RuntimeException | Error e) {
      throw new UndecidedException(e);
    }
  }

  private boolean wasCommitted(SQLException commitFailure) throws UndecidedException {
    long began = System.nanoTime();
    do {
      try {
        return record.wasCommitted(source);
      } catch (SQLException e) {
        commitFailure.addSuppressed(e);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(ASK_AGAIN_MILLIS));
      }
    } while (System.nanoTime() - began < asking.toNanos() && !Thread.interrupted());
    throw new UndecidedException(commitFailure);
  }

  /** A commit whose outcome could not be found out in time. */
  static final class UndecidedException extends Exception {
    private static final long serialVersionUID = 1L;

    UndecidedException(Throwable cause) {
      super(cause);
    }
  }

  /**
   * Answers after a lost connection whether a commit took place: every batch writes its number into
   * the committer's own row, in its own transaction, before its commit is sent. The row is there
   * before the first batch, so that who asks waits for the transaction that has changed it.
   */
  static final class CommitRecord {
    private static final String REGISTER =
        "INSERT INTO committer (id, batch, seen_ms) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING";
    private static final String WRITE = "UPDATE committer SET batch = ?, seen_ms = ? WHERE id = ?";
    // FOR UPDATE waits for the old connection's transaction, should it still be running.
    private static final String READ = "SELECT batch FROM committer WHERE id = ? FOR UPDATE";

    /** What PostgreSQL says when a transaction is to be tried again. */
    private static final String TRY_AGAIN = "40001";

    private final UUID id = UUID.randomUUID();
    private long batch;
    private boolean registered;

    void register(DataSource source) throws SQLException {
      if (registered) {
        return;
      }
      try (Connection connection = source.getConnection()) {
        Jdbc.update(connection, REGISTER, id, batch, System.currentTimeMillis());
        registered = true;
      }
    }

    /** Adds the mark of the next batch. */
    void next(StatementPipeline pipeline) {
      batch++;
      pipeline.statement(WRITE).with(batch).with(System.currentTimeMillis()).with(id);
    }

    /** To be told how many rows the mark changed. */
    void marked(int rows) throws SQLException {
      if (rows != 1) {
        // Housekeeping takes the rows of committers that were idle for days.
        registered = false;
        throw new SQLException("the committer's row is gone", TRY_AGAIN);
      }
    }

    /** Whether the batch that was marked last has been committed. */
    boolean wasCommitted(DataSource source) throws SQLException {
      try (Connection connection = source.getConnection()) {
        return Jdbc.first(connection, READ, row -> row.getLong(1) == batch, id)
            .orElseThrow(() -> new SQLException("the committer's row is gone"));
      }
    }
  }
}
