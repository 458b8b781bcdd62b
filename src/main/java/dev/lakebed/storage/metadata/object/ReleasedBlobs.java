package dev.lakebed.storage.metadata.object;

import dev.lakebed.storage.blob.volume.BlobRef;
import dev.lakebed.storage.metadata.Database;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** Blobs that nothing names any more, until their files are gone. */
public record ReleasedBlobs(Database database) {
  private static final System.Logger LOG = System.getLogger(ReleasedBlobs.class.getName());

  /** Some of them, in an order of their own, after the last one of the page before. */
  public List<BlobRef> page(Optional<BlobRef> last, int limit) {
    if (limit <= 0) {
      return List.of();
    }
    return database.inTransaction(
        manager ->
            manager
                .createQuery(
                    "select r.ref from ReleasedBlobEntity r where r.ref > :last order by r.ref",
                    byte[].class)
                .setParameter(
                    "last", last.map(ObjectStatements::encoded).orElseGet(() -> new byte[0]))
                .setMaxResults(limit)
                .getResultStream()
                .map(bytes -> BlobRef.decode(ByteBuffer.wrap(bytes)))
                .toList());
  }

  /** Forgets blobs whose files are gone for good. */
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
    LOG.log(System.Logger.Level.DEBUG, "{0} released blobs are gone", forgotten);
  }
}
