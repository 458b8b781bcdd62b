package dev.lakebed.storage.metadata.iam;

import java.time.Instant;
import java.util.Optional;

/** Login profiles, within one transaction. */
public record Logins(Sql sql) {
  public Optional<Login> find(String userId) {
    return sql
        .rows(
            "select hash, reset_required, created_ms, changed_ms from iam_login where user_id = ?1",
            userId)
        .stream()
        .findFirst()
        .map(
            row ->
                new Login(
                    userId,
                    (String) row[0],
                    (Boolean) row[1],
                    Instant.ofEpochMilli((Long) row[2]),
                    Instant.ofEpochMilli((Long) row[3])));
  }

  public void put(Login login) {
    sql.update(
        "insert into iam_login values (?1, ?2, ?3, ?4, ?5) on conflict (user_id) do update set"
            + " hash = excluded.hash, reset_required = excluded.reset_required,"
            + " changed_ms = excluded.changed_ms",
        login.userId(),
        login.hash(),
        login.resetRequired(),
        login.created().toEpochMilli(),
        login.changed().toEpochMilli());
  }

  public boolean remove(String userId) {
    return sql.update("delete from iam_login where user_id = ?1", userId) > 0;
  }

  /** A user's password for the console, which must be changed at the next log-in when reset. */
  public record Login(
      String userId, String hash, boolean resetRequired, Instant created, Instant changed) {
    @Override
    public String toString() {
      return "Login[" + userId + "]";
    }
  }
}
