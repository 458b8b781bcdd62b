package dev.lakebed.storage.metadata.tables;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A table.
 *
 * @param id stays when the table is renamed; never used again
 * @param name unique in the namespace
 * @param location key prefix of its files without trailing slash, unique in the bucket; stays when
 *     the table is renamed
 * @param metadataLocation the current Iceberg metadata file; empty until the first commit
 * @param versionToken changes with every commit and rename
 * @param tags changing them does not count as a change
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

  /** A change of a table: the time in milliseconds and the account of the caller. */
  public record Change(Instant at, String by) {}

  /** A namespace, whose id is never used again and whose name is unique in the bucket. */
  public record StoredNamespace(
      UUID id, long bucket, String name, Instant createdAt, String createdBy) {}

  public record TableAddress(UUID id, String namespace, String name, Map<String, String> tags) {
    public TableAddress {
      tags = Map.copyOf(tags);
    }
  }
}
