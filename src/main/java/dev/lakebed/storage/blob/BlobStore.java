package dev.lakebed.storage.blob;

import dev.lakebed.storage.blob.volume.BlobRef;
import dev.lakebed.storage.blob.volume.CorruptBlobException;
import dev.lakebed.storage.blob.volume.CorruptBlobException.MissingBlobException;
import dev.lakebed.storage.blob.volume.VolumeOpening.OrphanCheck;
import dev.lakebed.storage.blob.volume.VolumeUnavailableException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collection;
import java.util.Set;

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
   * Tells that metadata refused the blob: nothing names it or ever will. Its space is given back.
   * Idempotent.
   */
  void release(BlobRef ref);

  /**
   * Tells that nobody knows whether the blob was named, because the database did not answer. {@link
   * #decide} finds out, or the recovery of the next start does.
   *
   * @param descriptor what was given at commit
   */
  void leaveOpen(BlobRef ref, byte[] descriptor);

  /**
   * Confirms or releases the blobs left open, as far as the database answers.
   *
   * @throws RuntimeException the database's own, when it does not
   */
  void decide();

  /**
   * Keeps blobs from being removed while they are read. Whoever found them named by metadata and
   * does not get them may look there again: the blobs were released meanwhile.
   *
   * @throws MissingBlobException when one of them is gone
   */
  Pins pin(Collection<BlobRef> refs) throws IOException;

  /**
   * Removes blobs that metadata has released, except those that somebody has pinned.
   *
   * @return those that are gone for good; no crash brings them back
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
     * Makes the bytes and the descriptor durable and returns where they lie. Blocks until the group
     * that the blob belongs to is on stable storage.
     *
     * @param descriptor self-describing record (bucket, key, version, checksums, metadata) from
     *     which the catalogue can be rebuilt; at most 64 KiB
     */
    BlobRef commit(byte[] descriptor) throws IOException;

    /** Drops the blob and everything written of it, unless it was committed. */
    @Override
    void close();
  }
}
