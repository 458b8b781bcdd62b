package dev.lakebed.storage.blob;

import dev.lakebed.storage.blob.BlobStore.BlobWriter;
import dev.lakebed.storage.blob.BlobStore.Pins;
import dev.lakebed.storage.blob.ChunkRemoval.ChunkPins;
import dev.lakebed.storage.blob.GroupCommitter.PendingRecord;
import dev.lakebed.storage.blob.volume.BlobRef;
import dev.lakebed.storage.blob.volume.CorruptBlobException;
import dev.lakebed.storage.blob.volume.FileLayer;
import dev.lakebed.storage.blob.volume.SegmentHeads;
import dev.lakebed.storage.blob.volume.SystemFileLayer;
import dev.lakebed.storage.blob.volume.VolumeDirectory;
import dev.lakebed.storage.blob.volume.VolumeIdentity;
import dev.lakebed.storage.blob.volume.VolumeLedger;
import dev.lakebed.storage.blob.volume.VolumeOpening;
import dev.lakebed.storage.blob.volume.VolumeOpening.OrphanCheck;
import dev.lakebed.storage.blob.volume.VolumeScan;
import dev.lakebed.storage.blob.volume.VolumeScan.BlobVisitor;
import dev.lakebed.storage.blob.volume.VolumeSettings;
import dev.lakebed.storage.blob.volume.VolumeUnavailableException;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Collectors;

/**
 * Keeps blobs on a volume under the data directory: small ones as records of shared segments that
 * are made durable in groups, long ones as files of their own. Safe for use by many threads.
 */
public final class SegmentedBlobStore implements BlobStore {
  private static final int VOLUME = 0;

  /** Fits 128 KiB of blocks with frame and checksums. */
  private static final int IO_BYTES = 129 * 1024;

  private static final long IO_BUDGET = 32L * 1024 * 1024;

  private final Closeable lock;
  private final Volume volume;
  private final OrphanCheck check;
  private final PagePool pages;
  private final GroupCommitter committer;
  private final ChunkFiles chunks;
  private final OpenFiles openFiles;
  private final BlobReader reader;
  private final ChunkPins pins = new ChunkPins();
  private final UndecidedBlobs undecided = new UndecidedBlobs();
  private final ReentrantReadWriteLock use = new ReentrantReadWriteLock();
  private boolean closed;

  private SegmentedBlobStore(Closeable lock, Volume volume, OrphanCheck check) {
    PagePool buffers = new PagePool(IO_BYTES, IO_BUDGET);
    this.lock = lock;
    this.volume = volume;
    this.check = check;
    this.pages = new PagePool(volume.settings().blockBytes(), volume.settings().bufferBytes());
    this.committer = new GroupCommitter(volume, new SegmentWriter(new SegmentSupply(volume)));
    this.chunks = new ChunkFiles(volume, buffers);
    this.openFiles = new OpenFiles(volume, chunks);
    this.reader = new BlobReader(openFiles, buffers);
  }

  /**
   * Opens the store, creates it in a new data directory, and cleans up after a crash. The time does
   * not depend on how much is stored. {@code check} is asked about blobs that were committed but
   * never confirmed.
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
      Volume volume = Volume.of(files, directory, identity, settings);
      SegmentedBlobStore store = new SegmentedBlobStore(lock, volume, check);
      opened = true;
      return store;
    } finally {
      if (!opened) {
        lock.close();
      }
    }
  }

  @Override
  public BlobWriter begin(long expectedLength) throws IOException {
    return whileOpen(
        () -> {
          volume.freeSpace().require();
          return new StagedBlobWriter(
              this, pages, volume.settings().smallBlobBytes(), expectedLength);
        });
  }

  ChunkWriter newChunk() throws IOException {
    return whileOpen(
        () -> {
          volume.freeSpace().require();
          return chunks.create();
        });
  }

  BlobRef commit(PendingRecord pending) throws IOException {
    return whileOpen(() -> committer.commit(pending));
  }

  BlobRef commit(ChunkWriter chunk, byte[] descriptor) throws IOException {
    return whileOpen(() -> chunk.commit(descriptor));
  }

  @FunctionalInterface
  private interface Work<T> {
    T run() throws IOException;
  }

  /** Closing waits for the work. */
  private <T> T whileOpen(Work<T> work) throws IOException {
    use.readLock().lock();
    try {
      if (closed) {
        throw new VolumeUnavailableException("volume " + volume.number() + " is closed");
      }
      return work.run();
    } finally {
      use.readLock().unlock();
    }
  }

  @Override
  public void read(BlobRef ref, long offset, long length, OutputStream out) throws IOException {
    Objects.checkFromIndexSize(offset, length, ref.length());
    requireStored(ref);
    if (length > 0) {
      reader.read(ref, offset, length, out);
    }
  }

  @Override
  public void confirm(BlobRef ref) {
    requireOurs(ref);
    if (ref.kind() == BlobRef.Kind.CHUNK) {
      chunks.confirm(ref.file());
    }
  }

  @Override
  public void release(BlobRef ref) {
    requireOurs(ref);
    switch (ref.kind()) {
      case SEGMENT -> committer.giveBack(ref);
      case CHUNK -> openFiles.whenUnused(ref.file(), () -> chunks.remove(ref.file()));
    }
  }

  @Override
  public void leaveOpen(BlobRef ref, byte[] descriptor) {
    requireOurs(ref);
    undecided.add(ref, descriptor);
  }

  @Override
  public void decide() {
    undecided.decide(check, this);
  }

  @Override
  public Pins pin(Collection<BlobRef> refs) throws IOException {
    for (BlobRef ref : refs) {
      requireStored(ref);
    }
    return pins.pin(refs, chunks::exists);
  }

  /** Removes chunks; records of segments stay. */
  @Override
  public Set<BlobRef> remove(Collection<BlobRef> refs) {
    Map<BlobRef.Kind, List<BlobRef>> kinds =
        refs.stream().filter(this::isOurs).collect(Collectors.groupingBy(BlobRef::kind));
    Set<BlobRef> gone =
        new ChunkRemoval(volume, chunks, openFiles, pins)
            .run(kinds.getOrDefault(BlobRef.Kind.CHUNK, List.of()));
    gone.addAll(kinds.getOrDefault(BlobRef.Kind.SEGMENT, List.of()));
    return gone;
  }

  private boolean isOurs(BlobRef ref) {
    return ref.volume() == volume.identity().id();
  }

  private void requireOurs(BlobRef ref) {
    if (!isOurs(ref)) {
      throw new IllegalArgumentException("on another volume: " + ref);
    }
  }

  private void requireStored(BlobRef ref) throws CorruptBlobException {
    if (!isOurs(ref)) {
      throw new CorruptBlobException("on another volume: " + ref);
    }
  }

  /** Shows all that is stored; a record whose write a crash cut off is shown as not intact. */
  public void scan(BlobVisitor visitor) throws IOException {
    new VolumeScan(volume.files(), volume.directory(), volume.identity()).run(visitor);
  }

  /** {@link SegmentHeads#check}: one read for each segment, so it is no part of opening. */
  public void checkSegments() throws IOException {
    new SegmentHeads(volume.files(), volume.directory(), volume.identity()).check();
  }

  public BlobStatistics statistics() {
    return new BlobStatistics(committer.groups(), committer.records());
  }

  @Override
  public void close() throws IOException {
    try {
      closeVolume();
    } finally {
      lock.close();
    }
  }

  private void closeVolume() throws IOException {
    use.writeLock().lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
    } finally {
      use.writeLock().unlock();
    }
    committer.close();
    volume.background().shutdown();
    openFiles.close();
  }

  /** Groups of records made durable by one call since the opening, and the records in them. */
  public record BlobStatistics(long commitGroups, long commitRecords) {}
}
