package dev.lakebed.metadata;

import dev.lakebed.blob.BlobRef;
import java.time.Instant;
import java.util.List;

/** Blobs that nothing names any more, until their files are gone. */
public interface ReleasedBlobs {
  /** Blobs released before that time, oldest first. */
  List<BlobRef> before(Instant time, int limit);

  /** Forgets blobs whose files are gone. */
  void forget(List<BlobRef> refs);
}
