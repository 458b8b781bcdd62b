package dev.lakebed.storage.metadata;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Answers after a lost connection whether a commit took place: every batch writes its number into
 * the committer's own row, in its own transaction. The row is there before the first batch, so that
 * who asks can wait for the transaction that has changed it.
 */
final class CommitRecord {
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

  /** Makes sure that there is a row. */
  void register(DataSource source) throws SQLException {
    if (registered) {
      return;
    }
    try (Connection connection = source.getConnection();
        PreparedStatement statement = connection.prepareStatement(REGISTER)) {
      statement.setObject(1, id);
      statement.setLong(2, batch);
      statement.setLong(3, System.currentTimeMillis());
      statement.executeUpdate();
      registered = true;
    }
  }

  /**
   * Runs the statements of the next batch together with its mark.
   *
   * @throws SQLException also when the row has gone
   */
  void run(Connection connection, Pipeline pipeline, long nowMillis) throws SQLException {
    batch++;
    pipeline.statement(WRITE).with(batch).with(nowMillis).with(id);
    if (pipeline.run(connection) != 1) {
      // Housekeeping takes the rows of committers that were idle for days.
      registered = false;
      throw new SQLException("the committer's row is gone", TRY_AGAIN);
    }
  }

  /**
   * Whether the batch that was marked last has been committed.
   *
   * @throws SQLException when that cannot be told
   */
  boolean wasCommitted(DataSource source) throws SQLException {
    try (Connection connection = source.getConnection();
        PreparedStatement statement = connection.prepareStatement(READ)) {
      statement.setObject(1, id);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw new SQLException("the committer's row is gone");
        }
        return row.getLong(1) == batch;
      }
    }
  }
}
