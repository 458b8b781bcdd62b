package dev.lakebed.storage.metadata.tables;

import dev.lakebed.storage.metadata.Database;
import dev.lakebed.storage.metadata.bucket.BucketAccess.StoredPolicy;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The policies of tables. A policy goes with its table. */
public interface TablePolicies {
  Optional<StoredPolicy> find(UUID table);

  /**
   * Sets or, when empty, removes the policy of a table.
   *
   * @throws CatalogException with {@code NO_SUCH_TABLE}
   */
  void set(UUID table, Optional<StoredPolicy> policy);

  /** Policies of tables in PostgreSQL. */
  public static final class JpaTablePolicies implements TablePolicies {
    private final Database database;
    private final Database writers;

    /** Reads there; changes what may be locked by {@code writers}. */
    public JpaTablePolicies(Database database, Database writers) {
      this.database = database;
      this.writers = writers;
    }

    @Override
    public Optional<StoredPolicy> find(UUID table) {
      return database.inTransaction(
          manager ->
              Optional.ofNullable(manager.find(TablePolicyEntity.class, table))
                  .map(entity -> StoredPolicy.parse("table policy", entity.document)));
    }

    @Override
    public void set(UUID table, Optional<StoredPolicy> policy) {
      writers.inTransaction(
          manager -> {
            requireLive(manager, table);
            @Nullable TablePolicyEntity entity = manager.find(TablePolicyEntity.class, table);
            if (policy.isPresent()) {
              TablePolicyEntity changed = entity == null ? new TablePolicyEntity() : entity;
              changed.table = table;
              changed.document = policy.get().document();
              manager.persist(changed);
            } else if (entity != null) {
              manager.remove(entity);
            }
            return table;
          });
    }

    /** Two writers of one table take turns. */
    private static void requireLive(EntityManager manager, UUID table) {
      @Nullable TableEntity entity =
          manager.find(TableEntity.class, table, LockModeType.PESSIMISTIC_WRITE);
      if (entity == null || entity.droppedMillis != null) {
        throw new CatalogException(CatalogException.Reason.NO_SUCH_TABLE);
      }
    }
  }
}
