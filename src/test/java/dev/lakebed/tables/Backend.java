package dev.lakebed.tables;

import dev.lakebed.kit.MemoryCatalog;
import dev.lakebed.kit.MemoryTablePolicies;
import dev.lakebed.kit.SharedDatabase;
import dev.lakebed.storage.metadata.bucket.AccessRules;
import dev.lakebed.storage.metadata.bucket.Buckets;
import dev.lakebed.storage.metadata.store.MetadataStore;
import dev.lakebed.storage.metadata.tables.Drops;
import dev.lakebed.storage.metadata.tables.Drops.SqlDrops;
import dev.lakebed.storage.metadata.tables.JpaTables;
import dev.lakebed.storage.metadata.tables.Namespaces;
import dev.lakebed.storage.metadata.tables.Namespaces.JpaNamespaces;
import dev.lakebed.storage.metadata.tables.TablePolicies;
import dev.lakebed.storage.metadata.tables.TablePolicies.JpaTablePolicies;
import dev.lakebed.storage.metadata.tables.Tables;

/** The stores that every contract test runs over. */
enum Backend {
  /** In memory. */
  MEMORY {
    @Override
    Stores open(MemoryObjects objects) {
      MemoryCatalog catalog = new MemoryCatalog();
      MemoryBuckets buckets =
          new MemoryBuckets(id -> catalog.holdsNamespace(id) || !objects.of(id).isEmpty());
      return new Stores(
          buckets,
          buckets,
          catalog.namespaces(),
          catalog,
          new MemoryTablePolicies(catalog),
          catalog);
    }
  },
  /** A real PostgreSQL, one for the whole test run. */
  POSTGRES {
    @Override
    Stores open(MemoryObjects objects) {
      MetadataStore store = SharedDatabase.store();
      return new Stores(
          store.buckets(),
          store.accessRules(),
          new JpaNamespaces(store.database(), store.writers()),
          new JpaTables(store.database(), store.writers()),
          new JpaTablePolicies(store.database(), store.writers()),
          new SqlDrops(store.database(), store.writers()));
    }
  };

  abstract Stores open(MemoryObjects objects);

  record Stores(
      Buckets buckets,
      AccessRules rules,
      Namespaces namespaces,
      Tables tables,
      TablePolicies policies,
      Drops drops) {}
}
