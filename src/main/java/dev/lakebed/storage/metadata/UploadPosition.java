package dev.lakebed.storage.metadata;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.OptionalLong;

/** A place in the order of uploads: key, time of initiation, id. */
final class UploadPosition {
  private static final String INITIATED =
      "SELECT initiated_ms FROM upload WHERE id = ? AND bucket_id = ? AND key = ?";

  private final byte[] key;
  private final long initiatedMillis;
  private final String id;

  private UploadPosition(byte[] key, long initiatedMillis, String id) {
    this.key = key;
    this.initiatedMillis = initiatedMillis;
    this.id = id;
  }

  /** Before all uploads of a key. */
  static UploadPosition before(byte[] key) {
    return new UploadPosition(key, Long.MIN_VALUE, "");
  }

  static UploadPosition at(Upload upload) {
    return new UploadPosition(
        KeyBytes.of(upload.key()), upload.initiatedAt().toEpochMilli(), upload.id());
  }

  /**
   * At an upload that may have ended since. An id that tells nothing stands for the beginning of
   * its key: better to list twice than to miss one.
   */
  static UploadPosition after(Connection connection, long bucket, String key, String id)
      throws SQLException {
    byte[] keyBytes = KeyBytes.of(key);
    if (id.indexOf('\0') >= 0) {
      return before(keyBytes);
    }
    try (PreparedStatement statement = connection.prepareStatement(INITIATED)) {
      statement.setString(1, id);
      statement.setLong(2, bucket);
      statement.setBytes(3, keyBytes);
      try (ResultSet row = statement.executeQuery()) {
        if (row.next()) {
          return new UploadPosition(keyBytes, row.getLong(1), id);
        }
      }
    }
    OptionalLong millis = UploadIds.millis(id);
    return millis.isPresent()
        ? new UploadPosition(keyBytes, millis.getAsLong(), id)
        : before(keyBytes);
  }

  /** This place, unless {@code from} lies behind its key. */
  UploadPosition orLater(byte[] from) {
    // ListRange begins right behind the marker's key; only a prefix beyond the key moves it
    // further.
    return Arrays.compareUnsigned(from, KeyBytes.after(key)) > 0 ? before(from) : this;
  }

  void bind(PreparedStatement statement, int first) throws SQLException {
    statement.setBytes(first, key);
    statement.setLong(first + 1, initiatedMillis);
    statement.setString(first + 2, id);
  }
}
