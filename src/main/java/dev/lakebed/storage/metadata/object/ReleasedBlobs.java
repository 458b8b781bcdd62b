package dev.lakebed.storage.metadata.object;

import dev.lakebed.storage.blob.volume.BlobRef;
import java.util.List;
import java.util.Optional;

/** Blobs that nothing names any more, until their files are gone. */
public interface ReleasedBlobs {
  /**
   * Some of them, in an order of their own.
   *
   * @param last the last one of the page before; empty for the first page
   */
  List<BlobRef> page(Optional<BlobRef> last, int limit);

  /** Forgets blobs whose files are gone for good. */
  void forget(List<BlobRef> refs);
}
