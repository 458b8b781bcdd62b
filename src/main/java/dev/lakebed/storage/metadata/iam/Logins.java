package dev.lakebed.storage.metadata.iam;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.Optional;

/** Login profiles, within one transaction. */
public final class Logins {
  private final EntityManager manager;

  Logins(EntityManager manager) {
    this.manager = manager;
  }

  /** The login profile of a user. */
  public Optional<Login> find(String userId) {
    return Sql.rows(
            manager,
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

  /** Stores or replaces one. */
  public void put(Login login) {
    Sql.update(
        manager,
        "insert into iam_login values (?1, ?2, ?3, ?4, ?5) on conflict (user_id) do update set"
            + " hash = excluded.hash, reset_required = excluded.reset_required,"
            + " changed_ms = excluded.changed_ms",
        login.userId(),
        login.hash(),
        login.resetRequired(),
        login.created().toEpochMilli(),
        login.changed().toEpochMilli());
  }

  /** Whether there was one. */
  public boolean remove(String userId) {
    return Sql.update(manager, "delete from iam_login where user_id = ?1", userId) > 0;
  }

  /**
   * A user's password for the console.
   *
   * @param userId unique id of the user
   * @param hash as {@link PasswordHash} writes it
   * @param resetRequired whether the user must choose another at the next log-in
   */
  public record Login(
      String userId, String hash, boolean resetRequired, Instant created, Instant changed) {
    /** Leaves the hash out. */
    @Override
    public String toString() {
      return "Login[" + userId + "]";
    }
  }
}
