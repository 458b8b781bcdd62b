package dev.lakebed.storage.metadata.iam;

import dev.lakebed.storage.metadata.Database;
import dev.lakebed.storage.metadata.iam.Revocations.Revocation;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Ended sessions in PostgreSQL. */
public final class PostgresRevocations implements Revocations {
  private static final String ADD =
      "INSERT INTO session_revocation (kind, subject, before_ms, until_ms, created_ms, created_by)"
          + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (kind, subject) DO UPDATE SET before_ms ="
          + " greatest(session_revocation.before_ms, excluded.before_ms), until_ms ="
          + " greatest(session_revocation.until_ms, excluded.until_ms), created_ms ="
          + " excluded.created_ms, created_by = excluded.created_by";

  private final Database database;

  public PostgresRevocations(Database database) {
    this.database = database;
  }

  @Override
  public void add(Revocation revocation, String by) {
    database.onConnection(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(ADD)) {
            statement.setString(1, revocation.kind().name());
            statement.setString(2, revocation.subject());
            statement.setLong(3, revocation.before().toEpochMilli());
            statement.setLong(4, revocation.until().toEpochMilli());
            statement.setLong(5, System.currentTimeMillis());
            statement.setString(6, by);
            return statement.executeUpdate();
          }
        });
  }

  @Override
  public List<Revocation> inForce(Instant now) {
    return database.read(
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(
                  "SELECT kind, subject, before_ms, until_ms FROM session_revocation"
                      + " WHERE until_ms > ?")) {
            statement.setLong(1, now.toEpochMilli());
            List<Revocation> all = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
              while (rows.next()) {
                all.add(
                    new Revocation(
                        Revocation.Kind.valueOf(rows.getString(1)),
                        rows.getString(2),
                        Instant.ofEpochMilli(rows.getLong(3)),
                        Instant.ofEpochMilli(rows.getLong(4))));
              }
            }
            return all;
          }
        });
  }

  @Override
  public void forgetBefore(Instant now) {
    database.onConnection(
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement("DELETE FROM session_revocation WHERE until_ms <= ?")) {
            statement.setLong(1, now.toEpochMilli());
            return statement.executeUpdate();
          }
        });
  }
}
