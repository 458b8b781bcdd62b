package dev.lakebed.storage.metadata.tables;

import dev.lakebed.storage.metadata.tables.StoredTable.StoredNamespace;
import java.util.List;
import java.util.Optional;

/** The namespaces of table buckets. */
public interface Namespaces {
  /** The namespace of that name. */
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
}
