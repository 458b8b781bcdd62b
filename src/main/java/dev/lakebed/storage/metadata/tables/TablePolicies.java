package dev.lakebed.storage.metadata.tables;

import dev.lakebed.storage.metadata.Database;
import dev.lakebed.storage.metadata.bucket.BucketAccess.StoredPolicy;
import dev.lakebed.storage.metadata.tables.TableEntity.TablePolicyEntity;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The policies of tables. A policy goes with its table. */
public interface TablePolicies {
  Optional<StoredPolicy> find(UUID table);

  /** Sets or, when empty, removes the policy of a table; or refuses with NO_SUCH_TABLE. */
  void set(UUID table, Optional<StoredPolicy> policy);

  /** Policies of tables in PostgreSQL; what may be locked is changed by {@code writers}. */
  public record JpaTablePolicies(Database database, Database writers) implements TablePolicies {
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
            JpaTables.locked(manager, table, Optional.empty()); // writers of one table take turns
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
  }
}
