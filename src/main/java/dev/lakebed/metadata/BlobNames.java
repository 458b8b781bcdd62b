package dev.lakebed.metadata;

import dev.lakebed.blob.BlobRef;
import java.sql.PreparedStatement;
import java.sql.ResultSet;

/** Tells whether metadata names a blob; asked by recovery and before space is reclaimed. */
public final class BlobNames {
  private static final String IN_PART =
      "SELECT 1 FROM upload u JOIN upload_part p ON p.upload_id = u.id"
          + " WHERE u.bucket_id = ? AND u.key = ? AND u.completed_ms IS NULL AND p.ref = ? LIMIT 1";

  private final Database database;
  private final Objects objects;

  BlobNames(Database database, Objects objects) {
    this.database = database;
    this.objects = objects;
  }

  /**
   * Whether the key's current object or a part of one of its unfinished uploads lies at {@code
   * ref}.
   *
   * @throws MetadataUnavailableException when the database does not answer; the blob must then be
   *     kept
   */
  public boolean isNamed(long bucket, String key, BlobRef ref) {
    // Parts first: a completion that runs meanwhile moves the name from the part to the object.
    return isPart(bucket, key, ref)
        || objects
            .find(bucket, key)
            .map(object -> object.chunks().stream().anyMatch(c -> c.ref().equals(ref)))
            .orElse(false);
  }

  private boolean isPart(long bucket, String key, BlobRef ref) {
    byte[] keyBytes = KeyBytes.of(key);
    return database.read(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(IN_PART)) {
            statement.setLong(1, bucket);
            statement.setBytes(2, keyBytes);
            statement.setBytes(3, ObjectStatements.encoded(ref));
            try (ResultSet row = statement.executeQuery()) {
              return row.next();
            }
          }
        });
  }
}
