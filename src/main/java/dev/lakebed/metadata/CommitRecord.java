package dev.lakebed.metadata;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Answers after a lost connection whether a commit took place: every batch writes its number into
 * the committer's own row, in its own transaction.
 */
final class CommitRecord {
  private static final String WRITE =
      "INSERT INTO committer (id, batch, seen_ms) VALUES (?, ?, ?) ON CONFLICT (id)"
          + " DO UPDATE SET batch = EXCLUDED.batch, seen_ms = EXCLUDED.seen_ms";
  // FOR UPDATE waits for the old connection's transaction, should it still be running.
  private static final String READ = "SELECT batch FROM committer WHERE id = ? FOR UPDATE";

  private final UUID id = UUID.randomUUID();
  private long batch;

  /** Adds the mark of the next batch. */
  void add(Pipeline pipeline, long nowMillis) {
    batch++;
    pipeline.statement(WRITE).with(id).with(batch).with(nowMillis);
  }

  /** Whether the batch that was marked last has been committed. */
  boolean wasCommitted(DataSource source) throws SQLException {
    try (Connection connection = source.getConnection();
        PreparedStatement statement = connection.prepareStatement(READ)) {
      statement.setObject(1, id);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getLong(1) == batch;
      }
    }
  }
}
