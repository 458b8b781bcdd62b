package dev.lakebed.storage.metadata.iam;

import dev.lakebed.storage.metadata.iam.Seal.SecretText;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Access keys, within one transaction. Their secrets are sealed on the way in. */
public record AccessKeys(Sql sql, Seal seal) {
  public Optional<StoredKey> find(String id) {
    @Nullable AccessKeyRow row = sql.manager().find(AccessKeyRow.class, id);
    return Optional.ofNullable(row).map(this::key);
  }

  /** The keys of a user, ordered by id. */
  public List<StoredKey> of(String userId) {
    return rows("k.userId = ?1", userId).getResultStream().map(this::key).toList();
  }

  private TypedQuery<AccessKeyRow> rows(String where, String value) {
    String select = "select k from AccessKeyRow k where " + where + " order by k.id";
    return sql.manager().createQuery(select, AccessKeyRow.class).setParameter(1, value);
  }

  private StoredKey key(AccessKeyRow row) {
    return new StoredKey(
        row.id,
        row.userId,
        seal.open(row.id, row.secret),
        row.active,
        Instant.ofEpochMilli(row.createdMillis));
  }

  public void insert(StoredKey key, SecretText secret) {
    AccessKeyRow row = new AccessKeyRow();
    row.id = key.id();
    row.userId = key.userId();
    row.secret = seal.seal(key.id(), secret);
    row.active = key.active();
    row.createdMillis = key.created().toEpochMilli();
    sql.manager().persist(row);
  }

  public void activate(String id, boolean active) {
    sql.update("update iam_access_key set active = ?2 where id = ?1", id, active);
  }

  public void delete(String id) {
    sql.update("delete from iam_access_key where id = ?1", id);
  }

  /**
   * Seals secrets behind {@code after} again with the newest key; where it ended, if there are
   * more.
   */
  public Optional<String> renewSeals(String after, int atOnce) {
    List<AccessKeyRow> rows = rows("k.id > ?1", after).setMaxResults(atOnce).getResultList();
    for (AccessKeyRow row : rows) {
      seal.renew(row.id, row.secret).ifPresent(renewed -> row.secret = renewed);
    }
    return rows.size() < atOnce ? Optional.empty() : Optional.of(rows.getLast().id);
  }

  /** An access key of a user; the secret is empty when it cannot be opened. */
  public record StoredKey(
      String id, String userId, Optional<SecretText> secret, boolean active, Instant created) {}

  @Entity(name = "AccessKeyRow")
  @Table(name = "iam_access_key")
  @SuppressWarnings("NullAway.Init") // Hibernate fills the fields
  static class AccessKeyRow {
    @Id String id;

    @Column(name = "user_id")
    String userId;

    byte[] secret;
    boolean active;

    @Column(name = "created_ms")
    long createdMillis;

    protected AccessKeyRow() {}
  }
}
