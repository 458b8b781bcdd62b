package dev.lakebed.storage.metadata.tables;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A table.
 *
 * @param id stays when the table is renamed; never used again
 * @param namespace where it is
 * @param name its name, unique in the namespace
 * @param location key prefix of its files without trailing slash, unique in the bucket; stays when
 *     the table is renamed
 * @param metadataLocation the current Iceberg metadata file; empty until the first commit
 * @param versionToken changes with every commit and rename
 * @param created when and by which account it was created
 * @param modified when and by which account it was last changed
 * @param tags its tags; changing them does not count as a change
 */
public record StoredTable(
    UUID id,
    StoredNamespace namespace,
    String name,
    String location,
    Optional<String> metadataLocation,
    String versionToken,
    Change created,
    Change modified,
    Map<String, String> tags) {
  public StoredTable {
    tags = Map.copyOf(tags);
  }

  /**
   * A change of a table.
   *
   * @param at milliseconds
   * @param by account of the caller
   */
  public record Change(Instant at, String by) {}

  /**
   * A namespace of a table bucket.
   *
   * @param id never used again
   * @param bucket number of the table bucket
   * @param name its name, unique in the bucket
   * @param createdAt milliseconds
   * @param createdBy account of the caller
   */
  public record StoredNamespace(
      UUID id, long bucket, String name, Instant createdAt, String createdBy) {}

  /**
   * The table that owns a location.
   *
   * @param id id of the table
   * @param namespace name of its namespace
   * @param name name of the table
   * @param tags tags of the table
   */
  public record TableAddress(UUID id, String namespace, String name, Map<String, String> tags) {
    public TableAddress {
      tags = Map.copyOf(tags);
    }
  }
}
