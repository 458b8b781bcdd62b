package dev.lakebed.storage.metadata.tables;

import dev.lakebed.storage.metadata.Database;
import dev.lakebed.storage.metadata.tables.CatalogException.Reason;
import dev.lakebed.storage.metadata.tables.CatalogException.Violations;
import dev.lakebed.storage.metadata.tables.StoredTable.StoredNamespace;
import dev.lakebed.storage.metadata.tables.TableEntity.NamespaceEntity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The namespaces of table buckets. */
public interface Namespaces {
  Optional<StoredNamespace> find(long bucket, String name);

  /**
   * Creates a namespace.
   *
   * @throws CatalogException with {@code NAMESPACE_EXISTS} or {@code NO_SUCH_BUCKET}
   */
  void create(StoredNamespace namespace);

  /**
   * Deletes an empty namespace.
   *
   * @throws CatalogException with {@code NO_SUCH_NAMESPACE} or {@code NAMESPACE_NOT_EMPTY}
   */
  void delete(StoredNamespace namespace);

  /**
   * Namespaces in name order.
   *
   * @param prefix of the name
   * @param after exclusive start
   * @param limit most entries
   */
  List<StoredNamespace> list(long bucket, String prefix, String after, int limit);

  /** Namespaces in PostgreSQL. */
  public static final class JpaNamespaces implements Namespaces {
    private final Database database;
    private final Database writers;

    /** Reads there; changes what may be locked by {@code writers}. */
    public JpaNamespaces(Database database, Database writers) {
      this.database = database;
      this.writers = writers;
    }

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
            Violations.flush(manager, Reason.NO_SUCH_NAMESPACE);
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
            Violations.flush(manager, Reason.NAMESPACE_NOT_EMPTY);
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
                  .setParameter("end", NameRange.end(prefix))
                  .setMaxResults(limit)
                  .getResultStream()
                  .map(NamespaceEntity::stored)
                  .toList());
    }

    /**
     * Ranges over names in byte order. Names hold only lower-case letters, digits, {@code _}, -.
     */
    static final class NameRange {
      private NameRange() {}

      /**
       * Exclusive end of the names that start with {@code prefix}: {@code ~} sorts after them all.
       */
      static String end(String prefix) {
        return prefix + '~';
      }
    }
  }
}
