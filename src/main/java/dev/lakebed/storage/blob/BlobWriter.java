package dev.lakebed.storage.blob;

import java.io.IOException;

/** Takes the bytes of one blob. Not for use by several threads. */
public interface BlobWriter extends AutoCloseable {
  /** Appends bytes; they are not kept by reference. */
  void write(byte[] bytes, int offset, int length) throws IOException;

  /** Number of bytes appended so far. */
  long size();

  /**
   * Makes the bytes and the descriptor durable and returns where they lie. Blocks until the group
   * that the blob belongs to is on stable storage.
   *
   * @param descriptor self-describing record (bucket, key, version, checksums, metadata) from which
   *     the catalogue can be rebuilt; at most 64 KiB
   */
  BlobRef commit(byte[] descriptor) throws IOException;

  /** Drops the blob and everything written of it, unless it was committed. */
  @Override
  void close();
}
