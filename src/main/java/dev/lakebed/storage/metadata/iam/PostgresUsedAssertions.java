package dev.lakebed.storage.metadata.iam;

import dev.lakebed.storage.metadata.BatchedDelete;
import dev.lakebed.storage.metadata.Database;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;

/** Used assertions in PostgreSQL. Ids may be long, so their hashes stand for them. */
public final class PostgresUsedAssertions implements UsedAssertions {
  private static final String ADD =
      "INSERT INTO used_assertion (id, until_ms) VALUES (?, ?) ON CONFLICT DO NOTHING";
  private static final String FORGET =
      "DELETE FROM used_assertion WHERE id IN (SELECT id FROM used_assertion"
          + " WHERE until_ms < ? ORDER BY until_ms LIMIT ? FOR UPDATE SKIP LOCKED)";

  /** A node whose clock is behind may still take what is too old here. */
  private static final Duration CLOCKS_APART = Duration.ofHours(1);

  private final Database database;

  public PostgresUsedAssertions(Database database) {
    this.database = database;
  }

  @Override
  public boolean add(String id, Instant until) {
    return database.onConnection(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(ADD)) {
            statement.setBytes(1, sha256(id));
            statement.setLong(2, until.toEpochMilli());
            return statement.executeUpdate() == 1;
          }
        });
  }

  @Override
  public void forgetBefore(Instant now) {
    BatchedDelete.run(database, FORGET, now.minus(CLOCKS_APART));
  }

  private static byte[] sha256(String id) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java has SHA-256", missing);
    }
  }
}
