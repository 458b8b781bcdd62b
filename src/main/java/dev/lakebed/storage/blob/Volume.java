package dev.lakebed.storage.blob;

import dev.lakebed.storage.blob.BlobStore.BlobWriter;
import dev.lakebed.storage.blob.BlobStore.Pins;
import dev.lakebed.storage.blob.ChunkRemoval.ChunkPins;
import dev.lakebed.storage.blob.GroupCommitter.PendingRecord;
import dev.lakebed.storage.blob.SegmentedBlobStore.BlobStatistics;
import dev.lakebed.storage.blob.volume.BlobRef;
import dev.lakebed.storage.blob.volume.FileLayer;
import dev.lakebed.storage.blob.volume.FreeSpace;
import dev.lakebed.storage.blob.volume.SegmentHeads;
import dev.lakebed.storage.blob.volume.VolumeDirectory;
import dev.lakebed.storage.blob.volume.VolumeDirectory.FileNumbers;
import dev.lakebed.storage.blob.volume.VolumeIdentity;
import dev.lakebed.storage.blob.volume.VolumeScan;
import dev.lakebed.storage.blob.volume.VolumeScan.BlobVisitor;
import dev.lakebed.storage.blob.volume.VolumeSettings;
import dev.lakebed.storage.blob.volume.VolumeUnavailableException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Collectors;

/** One volume that is open: its parts, and who may use them until it is closed. */
final class Volume {
  /** Fits 128 KiB of blocks with frame and checksums. */
  private static final int IO_BYTES = 129 * 1024;

  private static final long IO_BUDGET = 32L * 1024 * 1024;

  private final int number;
  private final long id;
  private final VolumeSettings settings;
  private final FreeSpace freeSpace;
  private final PagePool pages;
  private final ThreadPoolExecutor background;
  private final GroupCommitter committer;
  private final ChunkFiles chunks;
  private final OpenFiles openFiles;
  private final ChunkPins pins = new ChunkPins();
  private final ChunkRemoval removal;
  private final BlobReader reader;
  private final VolumeScan scan;
  private final SegmentHeads heads;
  private final ReentrantReadWriteLock use = new ReentrantReadWriteLock();
  private boolean closed;

  Volume(
      FileLayer files,
      VolumeDirectory directory,
      VolumeSettings settings,
      VolumeIdentity identity) {
    FileNumbers numbers = new FileNumbers(identity.epoch());
    PagePool buffers = new PagePool(IO_BYTES, IO_BUDGET);
    this.number = directory.volume();
    this.id = identity.id();
    this.settings = settings;
    this.freeSpace = new FreeSpace(files, directory, settings.reserveBytes());
    this.pages = new PagePool(settings.blockBytes(), settings.bufferBytes());
    this.background = background(number);
    SegmentSupply supply =
        new SegmentSupply(
            files,
            directory,
            identity.uuid(),
            numbers,
            freeSpace,
            settings.segmentBytes(),
            background);
    this.committer =
        new GroupCommitter(
            number, new SegmentWriter(supply), settings.groupRecords(), settings.blockBytes());
    this.chunks =
        new ChunkFiles(
            files, directory, identity.id(), numbers, freeSpace, background, settings, buffers);
    this.openFiles = new OpenFiles(files, directory, identity.uuid(), chunks, settings);
    this.removal = new ChunkRemoval(files, directory, chunks, openFiles, pins);
    this.reader = new BlobReader(openFiles, buffers);
    this.scan = new VolumeScan(files, directory, identity);
    this.heads = new SegmentHeads(files, directory, identity);
    committer.start();
  }

  /** When all helpers are busy and enough waits, the thread that asks does the work. */
  private static ThreadPoolExecutor background(int volume) {
    return new ThreadPoolExecutor(
        2,
        2,
        30,
        TimeUnit.SECONDS,
        new ArrayBlockingQueue<>(256),
        Thread.ofPlatform().daemon().name("blob-background-" + volume + "-", 0).factory(),
        new ThreadPoolExecutor.CallerRunsPolicy());
  }

  boolean holds(BlobRef ref) {
    return ref.volume() == id;
  }

  BlobWriter begin(long expectedLength) throws IOException {
    enter();
    try {
      freeSpace.require();
      return new StagedBlobWriter(this, pages, settings.smallBlobBytes(), expectedLength);
    } finally {
      leave();
    }
  }

  ChunkWriter newChunk() throws IOException {
    enter();
    try {
      freeSpace.require();
      return chunks.create();
    } finally {
      leave();
    }
  }

  BlobRef commit(PendingRecord pending) throws IOException {
    enter();
    try {
      return committer.commit(pending);
    } finally {
      leave();
    }
  }

  BlobRef commit(ChunkWriter chunk, byte[] descriptor) throws IOException {
    enter();
    try {
      return chunk.commit(descriptor);
    } finally {
      leave();
    }
  }

  void read(BlobRef ref, long offset, long length, OutputStream out) throws IOException {
    reader.read(ref, offset, length, out);
  }

  void confirm(BlobRef ref) {
    switch (ref.kind()) {
      case SEGMENT -> {}
      case CHUNK -> chunks.confirm(ref.file());
    }
  }

  void release(BlobRef ref) {
    switch (ref.kind()) {
      case SEGMENT -> committer.giveBack(ref);
      case CHUNK -> openFiles.whenUnused(ref.file(), () -> chunks.remove(ref.file()));
    }
  }

  Pins pin(Collection<BlobRef> refs) throws IOException {
    return pins.pin(refs, chunks::exists);
  }

  /** Removes chunks; records of segments stay. */
  Set<BlobRef> remove(Collection<BlobRef> refs) {
    Map<BlobRef.Kind, List<BlobRef>> kinds =
        refs.stream().collect(Collectors.groupingBy(BlobRef::kind));
    Set<BlobRef> gone = removal.run(kinds.getOrDefault(BlobRef.Kind.CHUNK, List.of()));
    gone.addAll(kinds.getOrDefault(BlobRef.Kind.SEGMENT, List.of()));
    return gone;
  }

  void scan(BlobVisitor visitor) throws IOException {
    scan.run(visitor);
  }

  void checkSegments() throws IOException {
    heads.check();
  }

  BlobStatistics statistics() {
    return new BlobStatistics(committer.groups(), committer.records());
  }

  private void enter() throws IOException {
    use.readLock().lock();
    if (closed) {
      use.readLock().unlock();
      throw new VolumeUnavailableException("volume " + number + " is closed");
    }
  }

  private void leave() {
    use.readLock().unlock();
  }

  void close() throws IOException {
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
    background.shutdown();
    openFiles.close();
  }
}
