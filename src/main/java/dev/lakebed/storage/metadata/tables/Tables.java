package dev.lakebed.storage.metadata.tables;

import dev.lakebed.storage.metadata.tables.Drops.DroppedTable;
import dev.lakebed.storage.metadata.tables.StoredTable.TableAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * The tables of table buckets, without dropped ones. A table that is not there is refused with
 * {@code NO_SUCH_TABLE}, a version token that does not hold with {@code STALE_VERSION}, by a {@link
 * CatalogException}.
 */
public interface Tables {
  Optional<StoredTable> find(long bucket, String namespace, String name);

  /** The table of that id, whatever its name is now. */
  Optional<StoredTable> find(UUID id);

  /** The table that has exactly that location; one indexed look-up, for the S3 data path. */
  Optional<TableAddress> at(long bucket, String location);

  /** Or refuses with {@code TABLE_EXISTS}, {@code LOCATION_TAKEN}, {@code NO_SUCH_NAMESPACE}. */
  void create(StoredTable table);

  /**
   * Sets the metadata location if the version token is still {@code expected}, else refuses with
   * {@code STALE_VERSION}; of any number of concurrent calls with one token exactly one succeeds.
   */
  void commit(UUID id, String expected, Commit commit);

  /**
   * Moves the table to another name or namespace of its bucket, if the version token is {@code
   * expected} or none is; its id and location stay.
   */
  void rename(UUID id, Optional<String> expected, Rename rename);

  /**
   * Changes the tags; version token and time of change stay, what {@code change} throws reaches the
   * caller. Of changes at the same time each sees the result of the one before.
   */
  void changeTags(UUID id, UnaryOperator<Map<String, String>> change);

  /**
   * Drops the table, if the version token is {@code expected} or none is. Its location stays
   * reserved until {@link Drops#finish}.
   */
  DroppedTable drop(UUID id, Optional<String> expected);

  /** One page of tables, in order of namespace, then name. */
  List<StoredTable> list(ListQuery query);

  /** A new metadata location with the token and change that go with it. */
  record Commit(String metadataLocation, String versionToken, StoredTable.Change change) {}

  /** A new place and name with the token and change that go with it. */
  record Rename(String namespace, String name, String versionToken, StoredTable.Change change) {}

  /**
   * Tables of a namespace or of all, by a prefix of their names, after one; empty text for none.
   */
  record ListQuery(
      long bucket,
      Optional<String> namespace,
      String prefix,
      String afterNamespace,
      String afterName,
      int limit) {}
}
