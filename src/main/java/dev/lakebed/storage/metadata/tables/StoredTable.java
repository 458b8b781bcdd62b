package dev.lakebed.storage.metadata.tables;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A table. Its id, never used again, and its location, the key prefix of its files without trailing
 * slash and unique in the bucket, stay when it is renamed. The current Iceberg metadata file is
 * empty until the first commit; the version token changes with every commit and rename, but not
 * with the tags.
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
