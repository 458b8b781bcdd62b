package dev.lakebed.storage.metadata.object;

import dev.lakebed.storage.blob.volume.BlobRef;
import dev.lakebed.storage.metadata.Database;
import dev.lakebed.storage.metadata.Jdbc;
import dev.lakebed.storage.metadata.MetadataUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Tells whether metadata names a blob; asked by recovery and before space is reclaimed. */
public record BlobNames(Database database) {
  private static final String LOCK_UPLOADS =
      "SELECT 1 FROM upload WHERE bucket_id = ? AND key = ? AND completed_ms IS NULL FOR UPDATE";
  private static final String IN_PART =
      "SELECT 1 FROM upload u JOIN upload_part p ON p.upload_id = u.id"
          + " WHERE u.bucket_id = ? AND u.key = ? AND u.completed_ms IS NULL AND p.ref = ? LIMIT 1";

  /**
   * Whether the key's current object or a part of one of its unfinished uploads lies at {@code
   * ref}. Waits for every transaction that may be about to name it, also for one whose connection
   * was lost while it was being committed, so the answer can no longer change to yes.
   *
   * @throws MetadataUnavailableException when the database does not answer; the blob must then be
   *     kept
   */
  public boolean isNamed(long bucket, String key, BlobRef ref) {
    ObjectKey target = ObjectKey.of(bucket, key);
    return database.onConnection(
        connection -> {
          LockedObjects locked = LockedObjects.take(connection, List.of(target));
          // Who adds a part holds a lock on its upload, who puts an object one on its key.
          Jdbc.rows(connection, LOCK_UPLOADS, row -> row.getInt(1), target.bucket(), target.key());
          return locked.current(target).map(object -> names(object, ref)).orElse(false)
              || isPart(connection, target, ref);
        });
  }

  private static boolean names(StoredObject object, BlobRef ref) {
    return object.chunks().stream().anyMatch(chunk -> chunk.ref().equals(ref));
  }

  private static boolean isPart(Connection connection, ObjectKey target, BlobRef ref)
      throws SQLException {
    return Jdbc.first(
            connection,
            IN_PART,
            row -> true,
            target.bucket(),
            target.key(),
            ObjectStatements.encoded(ref))
        .isPresent();
  }
}
