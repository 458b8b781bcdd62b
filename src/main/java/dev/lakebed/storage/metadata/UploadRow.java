package dev.lakebed.storage.metadata;

import dev.lakebed.storage.blob.volume.BlobRef;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Rows of tables {@code upload} and {@code upload_part} as values. */
final class UploadRow {
  /** Columns of {@link #upload}. */
  static final String COLUMNS =
      "id, key, initiated_ms, initiator, attributes, checksum_algorithm, checksum_full, completed";

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

  static Part part(ResultSet row) throws SQLException {
    return new Part(
        row.getInt(1),
        row.getLong(2),
        row.getString(3),
        Instant.ofEpochMilli(row.getLong(4)),
        Optional.ofNullable(row.getString(5)),
        BlobRef.decode(ByteBuffer.wrap(row.getBytes(6))));
  }
}
