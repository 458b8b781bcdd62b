package dev.lakebed.tables;

import dev.lakebed.kit.MemoryCatalog;
import dev.lakebed.kit.MemoryTablePolicies;
import dev.lakebed.storage.metadata.DatabaseSettings;
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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

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
      MetadataStore store = Shared.STORE;
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

  private static final class Shared {
    private static final MetadataStore STORE = start();

    private static MetadataStore start() {
      try {
        Path directory = Files.createTempDirectory("lakebed-tables-test");
        MetadataStore store = MetadataStore.open(new DatabaseSettings.Embedded(directory));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(store, directory)));
        return store;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void stop(MetadataStore store, Path directory) {
      store.close();
      try (Stream<Path> paths = Files.walk(directory)) {
        for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
