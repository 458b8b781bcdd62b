package dev.lakebed.blob;

import java.io.IOException;
import java.io.OutputStream;

/** Stores immutable blobs and gives back exactly the bytes that were stored. */
public interface BlobStore extends AutoCloseable {
  /**
   * Starts a blob.
   *
   * @param expectedLength its length if known, else -1; a hint, not a check
   * @throws VolumeUnavailableException when no volume takes writes
   */
  BlobWriter begin(long expectedLength) throws IOException;

  /**
   * Writes {@code length} bytes of the blob from {@code offset} to {@code out}. Every byte is
   * checked before it is written.
   *
   * @throws CorruptBlobException when stored bytes fail their checksum or are missing
   */
  void read(BlobRef ref, long offset, long length, OutputStream out) throws IOException;

  /**
   * Tells that the metadata transaction that names the blob has been committed. Idempotent. Until
   * then recovery may take the blob for an orphan, and asks its {@link OrphanCheck}.
   */
  void confirm(BlobRef ref);

  /**
   * Tells that nothing names the blob any more. Its space is given back later, not before readers
   * that have started are done. Idempotent.
   */
  void release(BlobRef ref);

  /** Waits for running commits and releases the files. */
  @Override
  void close() throws IOException;
}
