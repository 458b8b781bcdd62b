package dev.lakebed.storage.metadata;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows of table {@code object} as objects. */
final class ObjectRow {
  /** Columns of {@link #full}, of a table named {@code o}. */
  static final String COLUMNS =
      "o.size, o.modified_ms, o.etag, o.checksum_algorithm, o.checksum_full, o.checksum,"
          + " o.attributes, o.chunks";

  private static final ObjectAttributes NO_ATTRIBUTES =
      new ObjectAttributes(Map.of(), Map.of(), Map.of());

  private ObjectRow() {}

  /** Reads {@link #COLUMNS}, the first of which is column {@code first}. */
  static StoredObject full(ResultSet row, int first, long bucket, String key) throws SQLException {
    return new StoredObject(
        bucket,
        key,
        row.getLong(first),
        row.getString(first + 2),
        Instant.ofEpochMilli(row.getLong(first + 1)),
        Codec.attributes(row.getBytes(first + 6)),
        checksum(row, first + 3),
        Codec.chunks(row.getBytes(first + 7)));
  }

  /**
   * Reads name, size, modified_ms, etag, storage_class, checksum_algorithm, checksum_full,
   * checksum.
   */
  static StoredObject listed(ResultSet row, int first, long bucket) throws SQLException {
    String storageClass = row.getString(first + 4);
    return new StoredObject(
        bucket,
        KeyBytes.text(row.getBytes(first)),
        row.getLong(first + 1),
        row.getString(first + 3),
        Instant.ofEpochMilli(row.getLong(first + 2)),
        attributes(storageClass),
        checksum(row, first + 5),
        List.of());
  }

  private static ObjectAttributes attributes(@Nullable String storageClass) {
    return storageClass == null
        ? NO_ATTRIBUTES
        : new ObjectAttributes(
            Map.of(EncodedObject.STORAGE_CLASS, storageClass), Map.of(), Map.of());
  }

  private static Optional<StoredChecksum> checksum(ResultSet row, int first) throws SQLException {
    String algorithm = row.getString(first);
    return algorithm == null
        ? Optional.empty()
        : Optional.of(
            new StoredChecksum(algorithm, row.getBoolean(first + 1), row.getString(first + 2)));
  }
}
