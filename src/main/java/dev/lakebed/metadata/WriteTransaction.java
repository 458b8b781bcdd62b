package dev.lakebed.metadata;

import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Commits a batch of writes in one transaction, of which each is done or refused by itself. */
final class WriteTransaction {
  private static final System.Logger LOG = System.getLogger(WriteTransaction.class.getName());
  private static final int TRIES_TO_DECIDE = 3;

  private final DataSource source;
  private final CommitRecord record = new CommitRecord();

  WriteTransaction(DataSource source) {
    this.source = source;
  }

  /**
   * Commits. Any other exception than the last also means that nothing was committed.
   *
   * @return per write, in order: empty, or why it was refused
   * @throws SQLException when nothing was committed
   * @throws UndecidedException when nobody can tell
   */
  List<Optional<RuntimeException>> commit(List<Write> writes)
      throws SQLException, UndecidedException {
    List<Optional<RuntimeException>> outcomes = new ArrayList<>(writes.size());
    boolean finished = false;
    try (Connection connection = source.getConnection()) {
      connection.setAutoCommit(false);
      LockedObjects locked =
          LockedObjects.take(connection, writes.stream().map(Write::target).toList());
      WriteSet set = new WriteSet(locked);
      for (Write write : writes) {
        outcomes.add(set.apply(write));
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
    return outcomes;
  }

  private void apply(Connection connection, WriteSet set) throws SQLException {
    long now = System.currentTimeMillis();
    ObjectStatements.delete(connection, set.deletes());
    Pipeline pipeline = new Pipeline();
    ObjectStatements.add(pipeline, set, now);
    record.add(pipeline, now);
    try (PreparedStatement statement = pipeline.prepare(connection)) {
      statement.execute();
    }
  }

  private void finish(Connection connection) throws SQLException, UndecidedException {
    try {
      connection.commit();
    } catch (SQLException e) {
      if (SqlFailure.of(e) == SqlFailure.CONFLICT || !wasCommitted(e)) {
        throw e;
      }
    } catch (RuntimeException | Error e) {
      throw new UndecidedException(e);
    }
  }

  private boolean wasCommitted(SQLException commitFailure) throws UndecidedException {
    for (int i = 0; i < TRIES_TO_DECIDE; i++) {
      try {
        return record.wasCommitted(source);
      } catch (SQLException e) {
        commitFailure.addSuppressed(e);
      }
    }
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
