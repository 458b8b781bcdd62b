package dev.lakebed.storage.metadata.tables;

import dev.lakebed.storage.metadata.bucket.BucketAccess.StoredPolicy;
import java.util.Optional;
import java.util.UUID;

/** The policies of tables. A policy goes with its table. */
public interface TablePolicies {
  /** The policy of a table. */
  Optional<StoredPolicy> find(UUID table);

  /**
   * Sets or, when empty, removes the policy of a table.
   *
   * @throws CatalogException with {@code NO_SUCH_TABLE}
   */
  void set(UUID table, Optional<StoredPolicy> policy);
}
