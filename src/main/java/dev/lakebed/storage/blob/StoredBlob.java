package dev.lakebed.storage.blob;

import java.nio.ByteBuffer;

/**
 * A blob found by reading a volume.
 *
 * @param ref where it lies; of length 0 when a chunk file has no valid end
 * @param descriptor what was given at commit, read-only; empty when it is damaged
 * @param intact whether data, checksums and descriptor are all as they were written
 */
public record StoredBlob(BlobRef ref, ByteBuffer descriptor, boolean intact) {
  static StoredBlob of(BlobRef ref, ByteBuffer descriptor, boolean described, boolean intact) {
    ByteBuffer shown = described ? descriptor : ByteBuffer.allocate(0);
    return new StoredBlob(ref, shown.asReadOnlyBuffer(), described && intact);
  }
}
