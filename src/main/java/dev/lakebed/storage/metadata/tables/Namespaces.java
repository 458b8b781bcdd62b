package dev.lakebed.storage.metadata.tables;

import dev.lakebed.storage.metadata.Database;
import dev.lakebed.storage.metadata.tables.CatalogException.Reason;
import dev.lakebed.storage.metadata.tables.StoredTable.StoredNamespace;
import dev.lakebed.storage.metadata.tables.TableEntity.NamespaceEntity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The namespaces of table buckets; a {@link CatalogException} says what is refused. */
public interface Namespaces {
  Optional<StoredNamespace> find(long bucket, String name);

  /** Creates it, or refuses with {@code NAMESPACE_EXISTS} or {@code NO_SUCH_BUCKET}. */
  void create(StoredNamespace namespace);

  /** Deletes it, or refuses with {@code NO_SUCH_NAMESPACE} or {@code NAMESPACE_NOT_EMPTY}. */
  void delete(StoredNamespace namespace);

  /** Namespaces in name order whose names begin with {@code prefix}, after {@code after}. */
  List<StoredNamespace> list(long bucket, String prefix, String after, int limit);

  /** Namespaces in PostgreSQL; what may be locked is changed by {@code writers}. */
  public record JpaNamespaces(Database database, Database writers) implements Namespaces {
    @Override
    public Optional<StoredNamespace> find(long bucket, String name) {
      return database.inTransaction(
          manager -> entity(manager, bucket, name).map(NamespaceEntity::stored));
    }

    static Optional<NamespaceEntity> entity(EntityManager manager, long bucket, String name) {
      return manager
          .createQuery(
              "select n from NamespaceEntity n where n.bucket = :bucket and n.name = :name",
              NamespaceEntity.class)
          .setParameter("bucket", bucket)
          .setParameter("name", name)
          .getResultStream()
          .findFirst();
    }

    @Override
    public void create(StoredNamespace namespace) {
      writers.inTransaction(
          manager -> {
            if (entity(manager, namespace.bucket(), namespace.name()).isPresent()) {
              throw new CatalogException(Reason.NAMESPACE_EXISTS);
            }
            manager.persist(NamespaceEntity.of(namespace));
            CatalogException.flush(manager, Reason.NO_SUCH_NAMESPACE);
            return namespace;
          });
    }

    @Override
    public void delete(StoredNamespace namespace) {
      writers.inTransaction(
          manager -> {
            @Nullable NamespaceEntity entity =
                manager.find(NamespaceEntity.class, namespace.id(), LockModeType.PESSIMISTIC_WRITE);
            if (entity == null) {
              throw new CatalogException(Reason.NO_SUCH_NAMESPACE);
            }
            if (holdsTable(manager, entity)) {
              throw new CatalogException(Reason.NAMESPACE_NOT_EMPTY);
            }
            manager.remove(entity);
            CatalogException.flush(manager, Reason.NAMESPACE_NOT_EMPTY);
            return namespace;
          });
    }

    private static boolean holdsTable(EntityManager manager, NamespaceEntity namespace) {
      return manager
          .createQuery("select 1 from TableEntity t where t.namespace = :namespace", Integer.class)
          .setParameter("namespace", namespace)
          .setMaxResults(1)
          .getResultStream()
          .findFirst()
          .isPresent();
    }

    @Override
    public List<StoredNamespace> list(long bucket, String prefix, String after, int limit) {
      return database.inTransaction(
          manager ->
              manager
                  .createQuery(
                      "select n from NamespaceEntity n where n.bucket = :bucket and n.name > :after"
                          + " and n.name >= :prefix and n.name < :end order by n.name",
                      NamespaceEntity.class)
                  .setParameter("bucket", bucket)
                  .setParameter("after", after)
                  .setParameter("prefix", prefix)
                  .setParameter("end", end(prefix))
                  .setMaxResults(limit)
                  .getResultStream()
                  .map(NamespaceEntity::stored)
                  .toList());
    }

    /**
     * Exclusive end of the names that start with {@code prefix}, in byte order: {@code ~} sorts
     * after all that they hold, lower-case letters, digits, {@code _} and -.
     */
    static String end(String prefix) {
      return prefix + '~';
    }
  }
}
