package dev.lakebed.kit;

import dev.lakebed.storage.metadata.bucket.BucketAccess.StoredPolicy;
import dev.lakebed.storage.metadata.tables.CatalogException;
import dev.lakebed.storage.metadata.tables.TablePolicies;
import dev.lakebed.storage.metadata.tables.Tables;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Policies of tables in memory. */
public final class MemoryTablePolicies implements TablePolicies {
  private final Map<UUID, StoredPolicy> policies = new HashMap<>();
  private final Tables tables;

  public MemoryTablePolicies(Tables tables) {
    this.tables = tables;
  }

  @Override
  public synchronized Optional<StoredPolicy> find(UUID table) {
    return Optional.ofNullable(policies.get(table));
  }

  @Override
  public synchronized void set(UUID table, Optional<StoredPolicy> policy) {
    if (tables.find(table).isEmpty()) {
      throw new CatalogException(CatalogException.Reason.NO_SUCH_TABLE);
    }
    if (policy.isPresent()) {
      policies.put(table, policy.get());
    } else {
      policies.remove(table);
    }
  }
}
