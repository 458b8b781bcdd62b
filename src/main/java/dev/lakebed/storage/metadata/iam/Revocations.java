package dev.lakebed.storage.metadata.iam;

import dev.lakebed.storage.metadata.Database;
import dev.lakebed.storage.metadata.Jdbc;
import java.time.Instant;
import java.util.List;

/** The ended sessions, for all nodes. */
public interface Revocations {
  /**
   * Adds a revocation that {@code by}, an ARN, ordered. One of the same kind and subject is
   * replaced; it never ends fewer sessions than before.
   */
  void add(Revocation revocation, String by);

  /** All that still matter at that time. */
  List<Revocation> inForce(Instant now);

  /** Forgets those that no longer matter at that time. */
  void forgetBefore(Instant now);

  /**
   * The end of sessions that are out.
   *
   * @param subject ARN of the role or user, or what {@link #session} makes
   * @param before sessions issued before this time are ended; of a single session any time counts
   * @param until when the last session it is about has expired by itself
   */
  public record Revocation(Kind kind, String subject, Instant before, Instant until) {
    /** The ARN of one session, which says the account that may end it. */
    public static String session(String account, String accessKeyId) {
      return "arn:aws:sts::" + account + ":session/" + accessKeyId;
    }

    public enum Kind {
      SESSION,
      /** All sessions of a role and those made with them. */
      ROLE,
      /** All sessions of a user and those made with them. */
      USER
    }
  }

  /** Ended sessions in PostgreSQL. */
  public record PostgresRevocations(Database database) implements Revocations {
    private static final String ADD =
        "INSERT INTO session_revocation (kind, subject, before_ms, until_ms, created_ms,"
            + " created_by) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (kind, subject) DO UPDATE SET"
            + " before_ms = greatest(session_revocation.before_ms, excluded.before_ms), until_ms ="
            + " greatest(session_revocation.until_ms, excluded.until_ms), created_ms ="
            + " excluded.created_ms, created_by = excluded.created_by";

    @Override
    public void add(Revocation revocation, String by) {
      database.onConnection(
          connection ->
              Jdbc.update(
                  connection,
                  ADD,
                  revocation.kind().name(),
                  revocation.subject(),
                  revocation.before().toEpochMilli(),
                  revocation.until().toEpochMilli(),
                  System.currentTimeMillis(),
                  by));
    }

    @Override
    public List<Revocation> inForce(Instant now) {
      return database.read(
          connection ->
              Jdbc.rows(
                  connection,
                  "SELECT kind, subject, before_ms, until_ms FROM session_revocation"
                      + " WHERE until_ms > ?",
                  row ->
                      new Revocation(
                          Revocation.Kind.valueOf(row.getString(1)),
                          row.getString(2),
                          Instant.ofEpochMilli(row.getLong(3)),
                          Instant.ofEpochMilli(row.getLong(4))),
                  now.toEpochMilli()));
    }

    @Override
    public void forgetBefore(Instant now) {
      String delete = "DELETE FROM session_revocation WHERE until_ms <= ?";
      database.onConnection(connection -> Jdbc.update(connection, delete, now.toEpochMilli()));
    }
  }
}
