package dev.lakebed.kit;

import static java.util.Comparator.comparing;

import dev.lakebed.storage.metadata.tables.CatalogException;
import dev.lakebed.storage.metadata.tables.CatalogException.Reason;
import dev.lakebed.storage.metadata.tables.Drops;
import dev.lakebed.storage.metadata.tables.Drops.DroppedTable;
import dev.lakebed.storage.metadata.tables.Namespaces;
import dev.lakebed.storage.metadata.tables.StoredTable;
import dev.lakebed.storage.metadata.tables.StoredTable.StoredNamespace;
import dev.lakebed.storage.metadata.tables.StoredTable.TableAddress;
import dev.lakebed.storage.metadata.tables.Tables;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Namespaces, tables and dropped tables in memory, by their contracts. */
public final class MemoryCatalog implements Tables, Drops {
  private static final Comparator<StoredTable> ORDER =
      comparing((StoredTable table) -> table.namespace().name()).thenComparing(StoredTable::name);

  private final Map<UUID, StoredNamespace> namespaces = new LinkedHashMap<>();
  private final Map<UUID, StoredTable> tables = new LinkedHashMap<>();
  private final Map<UUID, DroppedTable> dropped = new LinkedHashMap<>();
  private final Set<UUID> leased = new HashSet<>();

  public Namespaces namespaces() {
    return new MemoryNamespaces();
  }

  public synchronized boolean holdsNamespace(long bucket) {
    return namespaces.values().stream().anyMatch(namespace -> namespace.bucket() == bucket);
  }

  @Override
  public synchronized Optional<StoredTable> find(long bucket, String namespace, String name) {
    return tables.values().stream()
        .filter(table -> table.namespace().bucket() == bucket)
        .filter(table -> table.namespace().name().equals(namespace) && table.name().equals(name))
        .findFirst();
  }

  @Override
  public synchronized Optional<StoredTable> find(UUID id) {
    return Optional.ofNullable(tables.get(id));
  }

  @Override
  public synchronized Optional<TableAddress> at(long bucket, String location) {
    return tables.values().stream()
        .filter(table -> table.namespace().bucket() == bucket && table.location().equals(location))
        .map(
            table ->
                new TableAddress(table.id(), table.namespace().name(), table.name(), table.tags()))
        .findFirst();
  }

  @Override
  public synchronized void create(StoredTable table) {
    long bucket = table.namespace().bucket();
    refuseIf(!namespaces.containsKey(table.namespace().id()), Reason.NO_SUCH_NAMESPACE);
    refuseIf(find(bucket, table.namespace().name(), table.name()).isPresent(), Reason.TABLE_EXISTS);
    boolean reserved =
        dropped.values().stream()
            .anyMatch(drop -> drop.bucket() == bucket && drop.location().equals(table.location()));
    refuseIf(reserved || at(bucket, table.location()).isPresent(), Reason.LOCATION_TAKEN);
    tables.put(table.id(), table);
  }

  @Override
  public synchronized void commit(UUID id, String expected, Commit commit) {
    StoredTable table = require(id, Optional.of(expected));
    tables.put(
        id,
        new StoredTable(
            id,
            table.namespace(),
            table.name(),
            table.location(),
            Optional.of(commit.metadataLocation()),
            commit.versionToken(),
            table.created(),
            commit.change(),
            table.tags()));
  }

  @Override
  public synchronized void rename(UUID id, Optional<String> expected, Rename rename) {
    StoredTable table = require(id, expected);
    StoredNamespace namespace =
        namespaces()
            .find(table.namespace().bucket(), rename.namespace())
            .orElseThrow(() -> new CatalogException(Reason.NO_SUCH_NAMESPACE));
    refuseIf(
        find(namespace.bucket(), namespace.name(), rename.name()).isPresent(), Reason.TABLE_EXISTS);
    tables.put(
        id,
        new StoredTable(
            id,
            namespace,
            rename.name(),
            table.location(),
            table.metadataLocation(),
            rename.versionToken(),
            table.created(),
            rename.change(),
            table.tags()));
  }

  @Override
  public synchronized void changeTags(UUID id, UnaryOperator<Map<String, String>> change) {
    StoredTable table = require(id, Optional.empty());
    tables.put(
        id,
        new StoredTable(
            id,
            table.namespace(),
            table.name(),
            table.location(),
            table.metadataLocation(),
            table.versionToken(),
            table.created(),
            table.modified(),
            change.apply(table.tags())));
  }

  @Override
  public synchronized DroppedTable drop(UUID id, Optional<String> expected) {
    StoredTable table = require(id, expected);
    tables.remove(id);
    DroppedTable drop = new DroppedTable(id, table.namespace().bucket(), table.location());
    dropped.put(id, drop);
    return drop;
  }

  @Override
  public synchronized List<StoredTable> list(ListQuery query) {
    return tables.values().stream()
        .filter(table -> table.namespace().bucket() == query.bucket())
        .filter(table -> query.namespace().map(table.namespace().name()::equals).orElse(true))
        .filter(table -> table.name().startsWith(query.prefix()))
        .filter(table -> isAfter(table, query))
        .sorted(ORDER)
        .limit(query.limit())
        .toList();
  }

  private static boolean isAfter(StoredTable table, ListQuery query) {
    int order = table.namespace().name().compareTo(query.afterNamespace());
    return order > 0 || (order == 0 && table.name().compareTo(query.afterName()) > 0);
  }

  private StoredTable require(UUID id, Optional<String> expected) {
    StoredTable table = find(id).orElseThrow(() -> new CatalogException(Reason.NO_SUCH_TABLE));
    refuseIf(
        !expected.orElse(table.versionToken()).equals(table.versionToken()), Reason.STALE_VERSION);
    return table;
  }

  private static void refuseIf(boolean refused, Reason reason) {
    if (refused) {
      throw new CatalogException(reason);
    }
  }

  @Override
  public synchronized List<DroppedTable> waiting(int limit) {
    return dropped.values().stream()
        .filter(drop -> !leased.contains(drop.id()))
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized Optional<Lease> claim(DroppedTable table) {
    return dropped.containsKey(table.id()) && leased.add(table.id())
        ? Optional.of(new Lease(table, 1))
        : Optional.empty();
  }

  @Override
  public synchronized Optional<Lease> prolong(Lease lease) {
    return Optional.of(lease).filter(held -> leased.contains(held.table().id()));
  }

  @Override
  public synchronized void release(Lease lease) {
    leased.remove(lease.table().id());
  }

  @Override
  public synchronized void finish(Lease lease) {
    release(lease);
    dropped.remove(lease.table().id());
  }

  private final class MemoryNamespaces implements Namespaces {
    @Override
    public Optional<StoredNamespace> find(long bucket, String name) {
      synchronized (MemoryCatalog.this) {
        return namespaces.values().stream()
            .filter(namespace -> namespace.bucket() == bucket && namespace.name().equals(name))
            .findFirst();
      }
    }

    @Override
    public void create(StoredNamespace namespace) {
      synchronized (MemoryCatalog.this) {
        refuseIf(find(namespace.bucket(), namespace.name()).isPresent(), Reason.NAMESPACE_EXISTS);
        namespaces.put(namespace.id(), namespace);
      }
    }

    @Override
    public void delete(StoredNamespace namespace) {
      synchronized (MemoryCatalog.this) {
        refuseIf(
            tables.values().stream()
                .anyMatch(table -> table.namespace().id().equals(namespace.id())),
            Reason.NAMESPACE_NOT_EMPTY);
        refuseIf(namespaces.remove(namespace.id()) == null, Reason.NO_SUCH_NAMESPACE);
      }
    }

    @Override
    public List<StoredNamespace> list(long bucket, String prefix, String after, int limit) {
      synchronized (MemoryCatalog.this) {
        return namespaces.values().stream()
            .filter(namespace -> namespace.bucket() == bucket)
            .filter(namespace -> namespace.name().startsWith(prefix))
            .filter(namespace -> namespace.name().compareTo(after) > 0)
            .sorted(comparing(StoredNamespace::name))
            .limit(limit)
            .toList();
      }
    }
  }
}
