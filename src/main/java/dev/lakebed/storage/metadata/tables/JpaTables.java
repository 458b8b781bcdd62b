package dev.lakebed.storage.metadata.tables;

import dev.lakebed.storage.metadata.Database;
import dev.lakebed.storage.metadata.TagText;
import dev.lakebed.storage.metadata.tables.CatalogException.Reason;
import dev.lakebed.storage.metadata.tables.Drops.DroppedTable;
import dev.lakebed.storage.metadata.tables.Namespaces.JpaNamespaces;
import dev.lakebed.storage.metadata.tables.StoredTable.StoredNamespace;
import dev.lakebed.storage.metadata.tables.StoredTable.TableAddress;
import dev.lakebed.storage.metadata.tables.TableEntity.NamespaceEntity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Tables in PostgreSQL; what may be locked is changed by {@code writers}. */
public record JpaTables(Database database, Database writers) implements Tables {
  @Override
  public Optional<StoredTable> find(long bucket, String namespace, String name) {
    return database.inTransaction(
        manager -> entity(manager, bucket, namespace, name).flatMap(TableEntity::stored));
  }

  private static Optional<TableEntity> entity(
      EntityManager manager, long bucket, String namespace, String name) {
    return manager
        .createQuery(
            "select t from TableEntity t join fetch t.namespace n"
                + " where n.bucket = :bucket and n.name = :namespace and t.name = :name",
            TableEntity.class)
        .setParameter("bucket", bucket)
        .setParameter("namespace", namespace)
        .setParameter("name", name)
        .getResultStream()
        .findFirst();
  }

  private static void refuseExisting(
      EntityManager manager, long bucket, String namespace, String name) {
    if (entity(manager, bucket, namespace, name).isPresent()) {
      throw new CatalogException(Reason.TABLE_EXISTS);
    }
  }

  @Override
  public Optional<StoredTable> find(UUID id) {
    return database.inTransaction(
        manager ->
            manager
                .createQuery(
                    "select t from TableEntity t join fetch t.namespace where t.id = :id",
                    TableEntity.class)
                .setParameter("id", id)
                .getResultStream()
                .findFirst()
                .flatMap(TableEntity::stored));
  }

  @Override
  public Optional<TableAddress> at(long bucket, String location) {
    return database.first(
        "SELECT t.id, n.name, t.name, t.tags FROM managed_table t"
            + " JOIN table_namespace n ON n.id = t.namespace_id"
            + " WHERE t.bucket_id = ? AND t.location = ?",
        row ->
            new TableAddress(
                row.getObject(1, UUID.class),
                row.getString(2),
                row.getString(3),
                TagText.read(row.getString(4))),
        bucket,
        location);
  }

  private static void refuseTaken(EntityManager manager, long bucket, String location) {
    List<TableEntity> holders =
        manager
            .createQuery(
                "select t from TableEntity t where t.bucket = :bucket and t.location = :location",
                TableEntity.class)
            .setParameter("bucket", bucket)
            .setParameter("location", location)
            .getResultList();
    if (!holders.isEmpty()) {
      throw new CatalogException(Reason.LOCATION_TAKEN);
    }
  }

  @Override
  public void create(StoredTable table) {
    writers.inTransaction(
        manager -> {
          StoredNamespace namespace = table.namespace();
          refuseExisting(manager, namespace.bucket(), namespace.name(), table.name());
          refuseTaken(manager, namespace.bucket(), table.location());
          manager.persist(
              TableEntity.of(table, manager.getReference(NamespaceEntity.class, namespace.id())));
          CatalogException.flush(manager, Reason.NO_SUCH_NAMESPACE);
          return table;
        });
  }

  @Override
  public void commit(UUID id, String expected, Commit commit) {
    writers.inTransaction(
        manager -> {
          int changed =
              manager
                  .createQuery(
                      "update TableEntity t set t.metadataLocation = :location,"
                          + " t.versionToken = :token, t.modifiedMillis = :at, t.modifiedBy = :by"
                          + " where t.id = :id and t.versionToken = :expected"
                          + " and t.droppedMillis is null")
                  .setParameter("location", commit.metadataLocation())
                  .setParameter("token", commit.versionToken())
                  .setParameter("at", commit.change().at().toEpochMilli())
                  .setParameter("by", commit.change().by())
                  .setParameter("id", id)
                  .setParameter("expected", expected)
                  .executeUpdate();
          if (changed == 0) {
            locked(manager, id, Optional.of(expected));
          }
          return changed;
        });
  }

  @Override
  public void rename(UUID id, Optional<String> expected, Rename rename) {
    writers.inTransaction(
        manager -> {
          TableEntity entity = locked(manager, id, expected);
          refuseExisting(manager, entity.bucket, rename.namespace(), rename.name());
          entity.namespace =
              JpaNamespaces.entity(manager, entity.bucket, rename.namespace())
                  .orElseThrow(() -> new CatalogException(Reason.NO_SUCH_NAMESPACE));
          entity.name = rename.name();
          entity.versionToken = rename.versionToken();
          entity.modify(rename.change());
          CatalogException.flush(manager, Reason.NO_SUCH_NAMESPACE);
          return id;
        });
  }

  @Override
  public void changeTags(UUID id, UnaryOperator<Map<String, String>> change) {
    writers.inTransaction(
        manager -> {
          TableEntity entity = locked(manager, id, Optional.empty());
          entity.tags = TagText.write(change.apply(TagText.read(entity.tags)));
          return id;
        });
  }

  @Override
  public DroppedTable drop(UUID id, Optional<String> expected) {
    return writers.inTransaction(
        manager -> {
          TableEntity entity = locked(manager, id, expected);
          entity.namespace = null;
          entity.droppedMillis = System.currentTimeMillis();
          return entity.dropped();
        });
  }

  /** The table, which nobody else changes before the transaction ends. */
  static TableEntity locked(EntityManager manager, UUID id, Optional<String> expected) {
    @Nullable TableEntity entity =
        manager.find(TableEntity.class, id, LockModeType.PESSIMISTIC_WRITE);
    if (entity == null || entity.droppedMillis != null) {
      throw new CatalogException(Reason.NO_SUCH_TABLE);
    }
    if (!expected.orElse(entity.versionToken).equals(entity.versionToken)) {
      throw new CatalogException(Reason.STALE_VERSION);
    }
    return entity;
  }

  @Override
  public List<StoredTable> list(ListQuery query) {
    return database.inTransaction(
        manager ->
            manager
                .createQuery(
                    "select t from TableEntity t join fetch t.namespace n"
                        + " where n.bucket = :bucket and n.name >= :first and n.name <= :last"
                        + " and (n.name > :afterNamespace or t.name > :afterName)"
                        + " and t.name >= :prefix and t.name < :end order by n.name, t.name",
                    TableEntity.class)
                .setParameter("bucket", query.bucket())
                .setParameter("first", query.namespace().orElse(query.afterNamespace()))
                .setParameter("last", query.namespace().orElse(JpaNamespaces.end("")))
                .setParameter("afterNamespace", query.afterNamespace())
                .setParameter("afterName", query.afterName())
                .setParameter("prefix", query.prefix())
                .setParameter("end", JpaNamespaces.end(query.prefix()))
                .setMaxResults(query.limit())
                .getResultStream()
                .flatMap(entity -> entity.stored().stream())
                .toList());
  }
}
