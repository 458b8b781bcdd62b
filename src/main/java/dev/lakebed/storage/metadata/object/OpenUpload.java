package dev.lakebed.storage.metadata.object;

import dev.lakebed.storage.blob.volume.BlobRef;
import dev.lakebed.storage.metadata.AdvisoryLocks;
import dev.lakebed.storage.metadata.Jdbc;
import dev.lakebed.storage.metadata.KeyBytes;
import dev.lakebed.storage.metadata.object.ObjectRow.Codec;
import dev.lakebed.storage.metadata.object.Upload.StoredPart;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * An unfinished upload, locked for the rest of a transaction: shared by those that add parts,
 * exclusively by the one that ends it.
 */
record OpenUpload(Connection connection, String id) {
  private static final String LOCK =
      "SELECT 1 FROM upload WHERE id = ? AND bucket_id = ? AND key = ? AND completed_ms IS NULL FOR"
          + " ";
  private static final String PUT_PART =
      "INSERT INTO upload_part (upload_id, number, size, etag, modified_ms, checksum, ref)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT ON CONSTRAINT upload_part_pkey DO UPDATE SET"
          + " size = EXCLUDED.size, etag = EXCLUDED.etag, modified_ms = EXCLUDED.modified_ms,"
          + " checksum = EXCLUDED.checksum, ref = EXCLUDED.ref";

  private static final String TAKE_PARTS =
      "DELETE FROM upload_part WHERE upload_id = ? RETURNING " + UploadRow.PART_COLUMNS;

  /** Locks the upload so that it stays open; empty when it is gone or completed. */
  static Optional<OpenUpload> shared(Connection connection, Upload upload) throws SQLException {
    return lock(connection, upload, "SHARE");
  }

  /** Locks the upload to end it; empty when it is gone or completed. */
  static Optional<OpenUpload> exclusive(Connection connection, Upload upload) throws SQLException {
    return lock(connection, upload, "UPDATE");
  }

  /** Stores a part; gives back the blob of the one it replaces. */
  Optional<BlobRef> put(StoredPart part) throws SQLException {
    Optional<BlobRef> replaced = lockedRef(part.number());
    Jdbc.update(
        connection,
        PUT_PART,
        id,
        part.number(),
        part.size(),
        part.etag(),
        part.lastModified().toEpochMilli(),
        part.checksum().orElse(null),
        ObjectStatements.encoded(part.ref()));
    return replaced.filter(ref -> !ref.equals(part.ref()));
  }

  /** Deletes all parts; gives them back in number order. */
  List<StoredPart> takeParts() throws SQLException {
    return Jdbc.rows(connection, TAKE_PARTS, UploadRow::part, id).stream()
        .sorted(Comparator.comparingInt(StoredPart::number))
        .toList();
  }

  /** Keeps the result for those who repeat the completion. */
  void complete(StoredObject object, long nowMillis) throws SQLException {
    Jdbc.update(
        connection,
        "UPDATE upload SET completed_ms = ?, completed = ? WHERE id = ?",
        nowMillis,
        Codec.result(object),
        id);
  }

  void delete() throws SQLException {
    Jdbc.update(connection, "DELETE FROM upload WHERE id = ?", id);
  }

  private Optional<BlobRef> lockedRef(int number) throws SQLException {
    // Two that store the same part: the second waits here until the first has committed.
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT pg_advisory_xact_lock(?);"
                + " SELECT ref FROM upload_part WHERE upload_id = ? AND number = ?")) {
      statement.setLong(1, AdvisoryLocks.ofKey(number, KeyBytes.of(id)));
      statement.setString(2, id);
      statement.setInt(3, number);
      statement.execute();
      statement.getMoreResults();
      try (ResultSet row = statement.getResultSet()) {
        return row.next()
            ? Optional.of(BlobRef.decode(ByteBuffer.wrap(row.getBytes(1))))
            : Optional.empty();
      }
    }
  }

  private static Optional<OpenUpload> lock(Connection connection, Upload upload, String strength)
      throws SQLException {
    return Jdbc.first(
        connection,
        LOCK + strength,
        row -> new OpenUpload(connection, upload.id()),
        upload.id(),
        upload.bucket(),
        KeyBytes.of(upload.key()));
  }

  /** Rows of tables {@code upload} and {@code upload_part} as values. */
  static final class UploadRow {
    /** Columns of {@link #upload}. */
    static final String COLUMNS =
        "id, key, initiated_ms, initiator, attributes, checksum_algorithm, checksum_full,"
            + " completed";

    /** Columns of {@link #part}. */
    static final String PART_COLUMNS = "number, size, etag, modified_ms, checksum, ref";

    private UploadRow() {}

    static Upload upload(ResultSet row, long bucket) throws SQLException {
      String key = KeyBytes.text(row.getBytes(2));
      byte[] completed = row.getBytes(8);
      return new Upload(
          row.getString(1),
          bucket,
          key,
          Instant.ofEpochMilli(row.getLong(3)),
          row.getString(4),
          Codec.attributes(row.getBytes(5)),
          Optional.ofNullable(row.getString(6)),
          row.getBoolean(7),
          completed == null ? Optional.empty() : Optional.of(Codec.result(bucket, key, completed)));
    }

    static StoredPart part(ResultSet row) throws SQLException {
      return new StoredPart(
          row.getInt(1),
          row.getLong(2),
          row.getString(3),
          Instant.ofEpochMilli(row.getLong(4)),
          Optional.ofNullable(row.getString(5)),
          BlobRef.decode(ByteBuffer.wrap(row.getBytes(6))));
    }
  }
}
