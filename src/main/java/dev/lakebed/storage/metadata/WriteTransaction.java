package dev.lakebed.storage.metadata;

import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /**
   * Commits on connections from there.
   *
   * @param asking how long to ask for the outcome of a commit whose connection was lost
   */
  WriteTransaction(DataSource source, Duration asking) {
    this.source = source;
    this.asking = asking;
  }

  /**
   * Commits and tells each write its outcome. Any exception but the last means that nothing was
   * committed and nothing told.
   *
   * @return the writes that were left out because somebody else has locked their keys
   * @throws SQLException when nothing was committed
   * @throws UndecidedException when nobody can tell
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
              connection, writes.stream().map(w -> w.write().target()).toList());
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
        apply(connection, set);
        finish(connection);
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

  private void apply(Connection connection, WriteSet set) throws SQLException {
    long now = System.currentTimeMillis();
    ObjectStatements.delete(connection, set.deletes());
    Pipeline pipeline = new Pipeline();
    ObjectStatements.add(pipeline, set, now);
    record.run(connection, pipeline, now);
  }

  private void finish(Connection connection) throws SQLException, UndecidedException {
    try {
      connection.commit();
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
}
