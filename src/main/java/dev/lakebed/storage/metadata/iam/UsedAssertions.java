package dev.lakebed.storage.metadata.iam;

import dev.lakebed.storage.metadata.Database;
import dev.lakebed.storage.metadata.Jdbc;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;

/** SAML assertions that gave credentials, for all nodes. */
public interface UsedAssertions {
  /**
   * Notes that an assertion is used up, by what names it alone among all, until it is too old
   * anyway; false when that was noted before, here or on another node. When the database does not
   * answer, it must not be taken.
   */
  boolean add(String id, Instant until);

  /** Forgets those that have long been too old at that time, a bounded number per transaction. */
  void forgetBefore(Instant now);

  /** Used assertions in PostgreSQL. Ids may be long, so their hashes stand for them. */
  public record PostgresUsedAssertions(Database database) implements UsedAssertions {
    private static final String ADD =
        "INSERT INTO used_assertion (id, until_ms) VALUES (?, ?) ON CONFLICT DO NOTHING";
    private static final String FORGET =
        "DELETE FROM used_assertion WHERE id IN (SELECT id FROM used_assertion"
            + " WHERE until_ms < ? ORDER BY until_ms LIMIT ? FOR UPDATE SKIP LOCKED)";

    /** A node whose clock is behind may still take what is too old here. */
    private static final Duration CLOCKS_APART = Duration.ofHours(1);

    @Override
    public boolean add(String id, Instant until) {
      return database.onConnection(
          connection -> Jdbc.update(connection, ADD, sha256(id), until.toEpochMilli()) == 1);
    }

    @Override
    public void forgetBefore(Instant now) {
      Jdbc.deleteOld(database, FORGET, now.minus(CLOCKS_APART));
    }

    private static byte[] sha256(String id) {
      try {
        return MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
      } catch (NoSuchAlgorithmException missing) {
        throw new IllegalStateException("every Java has SHA-256", missing);
      }
    }
  }
}
