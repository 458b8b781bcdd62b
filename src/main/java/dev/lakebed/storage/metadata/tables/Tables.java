package dev.lakebed.storage.metadata.tables;

import dev.lakebed.storage.metadata.tables.Drops.DroppedTable;
import dev.lakebed.storage.metadata.tables.StoredTable.TableAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** The tables of table buckets. Dropped tables are not among them. */
public interface Tables {
  Optional<StoredTable> find(long bucket, String namespace, String name);

  /** The table of that id, whatever its name is now. */
  Optional<StoredTable> find(UUID id);

  /** The table that has exactly that location; one indexed look-up, for the S3 data path. */
  Optional<TableAddress> at(long bucket, String location);

  /**
   * Creates a table.
   *
   * @throws CatalogException with {@code TABLE_EXISTS}, {@code LOCATION_TAKEN} or {@code
   *     NO_SUCH_NAMESPACE}
   */
  void create(StoredTable table);

  /**
   * Sets the metadata location if the version token is still {@code expected}; of any number of
   * concurrent calls with one token exactly one succeeds.
   *
   * @throws CatalogException with {@code STALE_VERSION} or {@code NO_SUCH_TABLE}
   */
  void commit(UUID id, String expected, Commit commit);

  /**
   * Moves the table to another name or namespace of its bucket; its id and location stay.
   *
   * @param expected version token that must still hold; empty for any
   * @throws CatalogException with {@code STALE_VERSION}, {@code NO_SUCH_TABLE}, {@code
   *     NO_SUCH_NAMESPACE} or {@code TABLE_EXISTS}
   */
  void rename(UUID id, Optional<String> expected, Rename rename);

  /**
   * Changes the tags of a table; version token and time of change stay. Of changes at the same time
   * each sees the result of the one before.
   *
   * @param change gives the new tags; what it throws reaches the caller, and nothing is changed
   * @throws CatalogException with {@code NO_SUCH_TABLE}
   */
  void changeTags(UUID id, UnaryOperator<Map<String, String>> change);

  /**
   * Drops the table. Its location stays reserved until {@link Drops#finish}.
   *
   * @param expected version token that must still hold; empty for any
   * @throws CatalogException with {@code STALE_VERSION} or {@code NO_SUCH_TABLE}
   */
  DroppedTable drop(UUID id, Optional<String> expected);

  /** One page of tables, in order of namespace, then name. */
  List<StoredTable> list(ListQuery query);

  /** A new metadata location with the token and change that go with it. */
  record Commit(String metadataLocation, String versionToken, StoredTable.Change change) {}

  /** A new place and name with the token and change that go with it. */
  record Rename(String namespace, String name, String versionToken, StoredTable.Change change) {}

  /**
   * What to list.
   *
   * @param namespace only tables of this namespace; empty for all
   * @param prefix of the table name
   * @param afterNamespace with {@code afterName} the exclusive start; empty text for the beginning
   * @param limit most entries
   */
  record ListQuery(
      long bucket,
      Optional<String> namespace,
      String prefix,
      String afterNamespace,
      String afterName,
      int limit) {}
}
