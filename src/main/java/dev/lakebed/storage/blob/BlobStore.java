package dev.lakebed.storage.blob;

import dev.lakebed.storage.blob.volume.BlobRef;
import dev.lakebed.storage.blob.volume.CorruptBlobException;
import dev.lakebed.storage.blob.volume.CorruptBlobException.MissingBlobException;
import dev.lakebed.storage.blob.volume.VolumeOpening.OrphanCheck;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collection;
import java.util.Set;

/** Stores immutable blobs and gives back exactly the bytes that were stored. */
public interface BlobStore extends AutoCloseable {
  /** Starts a blob. The length, -1 when it is not known, is a hint and not checked. */
  BlobWriter begin(long expectedLength) throws IOException;

  /**
   * Writes a range of the blob, every byte checked before; {@link CorruptBlobException} when some
   * fail their checksum or are missing.
   */
  void read(BlobRef ref, long offset, long length, OutputStream out) throws IOException;

  /**
   * Tells that the metadata transaction that names the blob has been committed. Idempotent. Until
   * then recovery may take the blob for an orphan, and asks its {@link OrphanCheck}.
   */
  void confirm(BlobRef ref);

  /** Gives the space back of a blob that metadata refused and never will name. Idempotent. */
  void release(BlobRef ref);

  /**
   * Tells that nobody knows whether the blob was named, because the database did not answer. {@link
   * #decide} finds out, or the recovery of the next start does.
   */
  void leaveOpen(BlobRef ref, byte[] descriptor);

  /** Confirms or releases the blobs left open, or fails as the database that does not answer. */
  void decide();

  /**
   * Keeps blobs from being removed while they are read. Whoever found one named by metadata that is
   * gone, a {@link MissingBlobException}, may look there again: it was released meanwhile.
   */
  Pins pin(Collection<BlobRef> refs) throws IOException;

  /**
   * Removes blobs that metadata has released, except those that somebody has pinned; gives those
   * that are gone for good, which no crash brings back.
   */
  Set<BlobRef> remove(Collection<BlobRef> refs);

  /** Waits for running commits and releases the files. */
  @Override
  void close() throws IOException;

  /** Keeps blobs where they are, also when they are released meanwhile, until it is closed. */
  public interface Pins extends AutoCloseable {
    /** Lets the blobs go. Idempotent. */
    @Override
    void close();
  }

  /** Takes the bytes of one blob. Not for use by several threads. */
  public interface BlobWriter extends AutoCloseable {
    /** Appends bytes; they are not kept by reference. */
    void write(byte[] bytes, int offset, int length) throws IOException;

    long size();

    /**
     * Makes the bytes and the descriptor durable and returns where they lie. From the descriptor,
     * at most 64 KiB, the catalogue can be rebuilt: bucket, key, version, checksums, metadata.
     */
    BlobRef commit(byte[] descriptor) throws IOException;

    /** Drops the blob and everything written of it, unless it was committed. */
    @Override
    void close();
  }
}
