package dev.lakebed.storage.blob;

import dev.lakebed.storage.blob.volume.BlobRef;
import dev.lakebed.storage.blob.volume.VolumeOpening.OrphanCheck;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Blobs of which nobody knows whether metadata names them, because the database went away during
 * the commit. What does not fit is left to the recovery of the next start.
 */
final class UndecidedBlobs {
  private static final System.Logger LOG = System.getLogger(UndecidedBlobs.class.getName());
  private static final long LIMIT_BYTES = 16L * 1024 * 1024;

  /** What the object of an entry itself takes, roughly. */
  private static final int ENTRY_BYTES = 200;

  @SuppressWarnings("ArrayRecordComponent")
  private record Entry(BlobRef ref, byte[] descriptor) {
    long bytes() {
      return descriptor.length + (long) ENTRY_BYTES;
    }
  }

  private final Queue<Entry> waiting = new ArrayDeque<>();
  private final ReentrantLock deciding = new ReentrantLock();
  private long bytes;

  synchronized void add(BlobRef ref, byte[] descriptor) {
    Entry entry = new Entry(ref, descriptor);
    if (bytes + entry.bytes() > LIMIT_BYTES) {
      LOG.log(Level.DEBUG, "{0} is left to the next start", ref);
      return;
    }
    waiting.add(entry);
    bytes += entry.bytes();
  }

  /** Asks for each; ends with the exception of the check, and keeps what it did not answer. */
  void decide(OrphanCheck check, BlobStore blobs) {
    deciding.lock();
    try {
      for (Entry entry = first(); entry != null; entry = first()) {
        if (check.isNamed(entry.ref(), entry.descriptor())) {
          blobs.confirm(entry.ref());
        } else {
          blobs.release(entry.ref());
        }
        removeFirst();
      }
    } finally {
      deciding.unlock();
    }
  }

  private synchronized @Nullable Entry first() {
    return waiting.peek();
  }

  private synchronized void removeFirst() {
    bytes -= waiting.remove().bytes();
  }
}
