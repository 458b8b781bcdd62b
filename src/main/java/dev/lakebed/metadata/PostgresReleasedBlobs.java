package dev.lakebed.metadata;

import dev.lakebed.blob.BlobRef;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;

/** Released blobs in PostgreSQL. */
final class PostgresReleasedBlobs implements ReleasedBlobs {
  private final Database database;

  PostgresReleasedBlobs(Database database) {
    this.database = database;
  }

  @Override
  public List<BlobRef> before(Instant time, int limit) {
    if (limit <= 0) {
      return List.of();
    }
    return database.inTransaction(
        manager ->
            manager
                .createQuery(
                    "select r.ref from ReleasedBlobEntity r where r.releasedMillis < :time"
                        + " order by r.releasedMillis, r.ref",
                    byte[].class)
                .setParameter("time", time.toEpochMilli())
                .setMaxResults(limit)
                .getResultStream()
                .map(bytes -> BlobRef.decode(ByteBuffer.wrap(bytes)))
                .toList());
  }

  @Override
  public void forget(List<BlobRef> refs) {
    if (refs.isEmpty()) {
      return;
    }
    List<byte[]> encoded = refs.stream().map(ObjectStatements::encoded).toList();
    int forgotten =
        database.inTransaction(
            manager ->
                manager
                    .createQuery("delete from ReleasedBlobEntity r where r.ref in :refs")
                    .setParameter("refs", encoded)
                    .executeUpdate());
    System.getLogger(PostgresReleasedBlobs.class.getName())
        .log(System.Logger.Level.DEBUG, "{0} released blobs are gone", forgotten);
  }
}
