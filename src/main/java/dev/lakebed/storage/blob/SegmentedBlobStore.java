package dev.lakebed.storage.blob;

import dev.lakebed.storage.blob.BlobStore.BlobWriter;
import dev.lakebed.storage.blob.BlobStore.Pins;
import dev.lakebed.storage.blob.volume.BlobRef;
import dev.lakebed.storage.blob.volume.CorruptBlobException;
import dev.lakebed.storage.blob.volume.FileLayer;
import dev.lakebed.storage.blob.volume.FileLayer.DataDirectoryInUseException;
import dev.lakebed.storage.blob.volume.SystemFileLayer;
import dev.lakebed.storage.blob.volume.VolumeDirectory;
import dev.lakebed.storage.blob.volume.VolumeIdentity;
import dev.lakebed.storage.blob.volume.VolumeLedger;
import dev.lakebed.storage.blob.volume.VolumeLedger.VolumeMismatchException;
import dev.lakebed.storage.blob.volume.VolumeOpening;
import dev.lakebed.storage.blob.volume.VolumeOpening.OrphanCheck;
import dev.lakebed.storage.blob.volume.VolumeScan.BlobVisitor;
import dev.lakebed.storage.blob.volume.VolumeSettings;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps blobs on a volume under the data directory: small ones as records of shared segments that
 * are made durable in groups, long ones as files of their own. Safe for use by many threads.
 */
public final class SegmentedBlobStore implements BlobStore {
  private static final int VOLUME = 0;

  private final Closeable lock;
  private final Volume volume;
  private final OrphanCheck check;
  private final UndecidedBlobs undecided = new UndecidedBlobs();

  private SegmentedBlobStore(Closeable lock, Volume volume, OrphanCheck check) {
    this.lock = lock;
    this.volume = volume;
    this.check = check;
  }

  /**
   * Opens the store, creates it in a new data directory, and cleans up after a crash. The time does
   * not depend on how much is stored.
   *
   * @param check asked about blobs that were committed but never confirmed
   * @throws VolumeMismatchException when volume and database do not belong together
   * @throws DataDirectoryInUseException when another server has the data directory open
   * @throws IOException when the directory cannot be used or has a format that is not known
   */
  public static SegmentedBlobStore open(
      VolumeSettings settings, OrphanCheck check, VolumeLedger ledger) throws IOException {
    return open(settings, check, ledger, new SystemFileLayer());
  }

  static SegmentedBlobStore open(
      VolumeSettings settings, OrphanCheck check, VolumeLedger ledger, FileLayer files)
      throws IOException {
    files.createDirectories(settings.data());
    Closeable lock = files.lock(settings.data().resolve("lock"));
    boolean opened = false;
    try {
      VolumeDirectory directory = VolumeDirectory.of(settings.data(), VOLUME);
      VolumeIdentity identity =
          new VolumeOpening(files, settings.data(), directory, ledger).open(check);
      Volume volume = new Volume(files, directory, settings, identity);
      opened = true;
      return new SegmentedBlobStore(lock, volume, check);
    } finally {
      if (!opened) {
        lock.close();
      }
    }
  }

  @Override
  public BlobWriter begin(long expectedLength) throws IOException {
    return volume.begin(expectedLength);
  }

  @Override
  public void read(BlobRef ref, long offset, long length, OutputStream out) throws IOException {
    Objects.checkFromIndexSize(offset, length, ref.length());
    requireStored(ref);
    if (length > 0) {
      volume.read(ref, offset, length, out);
    }
  }

  @Override
  public void confirm(BlobRef ref) {
    volumeOf(ref).confirm(ref);
  }

  @Override
  public void release(BlobRef ref) {
    volumeOf(ref).release(ref);
  }

  @Override
  public void leaveOpen(BlobRef ref, byte[] descriptor) {
    volumeOf(ref);
    undecided.add(ref, descriptor);
  }

  @Override
  public void decide() {
    undecided.decide(check, volume);
  }

  @Override
  public Pins pin(Collection<BlobRef> refs) throws IOException {
    for (BlobRef ref : refs) {
      requireStored(ref);
    }
    return volume.pin(refs);
  }

  private void requireStored(BlobRef ref) throws CorruptBlobException {
    if (!volume.holds(ref)) {
      throw new CorruptBlobException("on another volume: " + ref);
    }
  }

  @Override
  public Set<BlobRef> remove(Collection<BlobRef> refs) {
    return volume.remove(refs.stream().filter(volume::holds).toList());
  }

  private Volume volumeOf(BlobRef ref) {
    if (!volume.holds(ref)) {
      throw new IllegalArgumentException("on another volume: " + ref);
    }
    return volume;
  }

  /**
   * Reads everything that is stored and shows it, confirmed chunks and records of segments alike. A
   * record whose write was cut off by a crash is shown as not intact. For rebuilding the catalogue,
   * scrubbing and reclaiming.
   */
  public void scan(BlobVisitor visitor) throws IOException {
    volume.scan(visitor);
  }

  /**
   * Looks at the heads of the segments of earlier runs; a damaged one is reported in the log and
   * written again. Takes one read for each segment, so it is no part of opening.
   */
  public void checkSegments() throws IOException {
    volume.checkSegments();
  }

  public BlobStatistics statistics() {
    return volume.statistics();
  }

  @Override
  public void close() throws IOException {
    try {
      volume.close();
    } finally {
      lock.close();
    }
  }

  /**
   * Counts since the store was opened.
   *
   * @param commitGroups groups of records made durable with one call each
   * @param commitRecords records in these groups
   */
  public record BlobStatistics(long commitGroups, long commitRecords) {}

  /**
   * Blobs of which nobody knows whether metadata names them, because the database went away during
   * the commit. What does not fit is left to the recovery of the next start.
   */
  static final class UndecidedBlobs {
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
    void decide(OrphanCheck check, Volume volume) {
      deciding.lock();
      try {
        for (Entry entry = first(); entry != null; entry = first()) {
          if (check.isNamed(entry.ref(), entry.descriptor())) {
            volume.confirm(entry.ref());
          } else {
            volume.release(entry.ref());
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
}
