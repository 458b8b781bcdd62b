package dev.lakebed.storage.blob;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.lakebed.storage.blob.volume.BlobRef;
import dev.lakebed.storage.blob.volume.CorruptBlobException;
import dev.lakebed.storage.blob.volume.FileLayer.StorageFile;
import dev.lakebed.storage.blob.volume.RecordFrame;
import dev.lakebed.storage.blob.volume.SegmentHeader;
import dev.lakebed.storage.blob.volume.SegmentHeader.StoredHead;
import dev.lakebed.storage.blob.volume.VolumeScan.ChunkFileScan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The files open for reading, a bounded number besides those in use. */
final class OpenFiles {
  private final Volume volume;
  private final ChunkFiles chunks;
  private final int blockShift;
  private final Cache<Long, BlobFile> open;

  /** Also those that the cache has dropped while somebody still reads them. */
  private final ConcurrentHashMap<Long, BlobFile> alive = new ConcurrentHashMap<>();

  OpenFiles(Volume volume, ChunkFiles chunks) {
    this.volume = volume;
    this.chunks = chunks;
    this.blockShift = Integer.numberOfTrailingZeros(volume.settings().blockBytes());
    this.open =
        Caffeine.newBuilder()
            .maximumSize(volume.settings().openFiles())
            .executor(Runnable::run)
            .<Long, BlobFile>removalListener(
                (number, file, cause) -> {
                  if (file != null) {
                    file.unpin();
                  }
                })
            .build();
  }

  /** The file of a blob, pinned: the caller unpins it. */
  BlobFile pin(BlobRef ref) throws IOException {
    while (true) {
      BlobFile file = cached(ref);
      if (file.pin()) {
        return file;
      }
    }
  }

  private BlobFile cached(BlobRef ref) throws IOException {
    BlobFile file = open.getIfPresent(ref.file());
    if (file != null) {
      return file;
    }
    try {
      return open.get(ref.file(), number -> load(ref));
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof NoSuchFileException) {
        throw (IOException) new CorruptBlobException("missing: " + ref).initCause(e.getCause());
      }
      throw e.getCause();
    }
  }

  private BlobFile load(BlobRef ref) {
    BlobFile inUse = alive.get(ref.file());
    if (inUse != null && inUse.pin()) {
      return inUse;
    }
    try {
      BlobFile.Source source =
          switch (ref.kind()) {
            case SEGMENT ->
                () -> volume.files().openForReading(volume.directory().segment(ref.file()));
            case CHUNK -> () -> chunks.open(ref.file());
          };
      StorageFile file = source.open();
      try {
        BlobFile loaded = identified(ref, source, file);
        alive.put(ref.file(), loaded);
        return loaded;
      } catch (IOException e) {
        file.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private BlobFile identified(BlobRef ref, BlobFile.Source source, StorageFile file)
      throws IOException {
    Consumer<BlobFile> closed = blobFile -> alive.remove(ref.file(), blobFile);
    return switch (ref.kind()) {
      case SEGMENT -> {
        SegmentHeader header = StoredHead.read(file, volume.identity().uuid(), ref.file()).header();
        yield new BlobFile(source, closed, file, header.nonce(), blockShift);
      }
      case CHUNK -> {
        Optional<RecordFrame> frame = new ChunkFileScan(file, ref.volume(), ref.file()).frame();
        if (frame.isEmpty() || frame.get().dataLength() != ref.length()) {
          throw new CorruptBlobException("no valid end: " + ref);
        }
        yield new BlobFile(source, closed, file, ref.file(), frame.get().blockShift());
      }
    };
  }

  void forget(long number) {
    open.invalidate(number);
  }

  /** Runs the action when nobody reads the file any more. */
  void whenUnused(long number, Runnable action) {
    BlobFile file = alive.get(number);
    if (file == null || !file.whenClosed(action)) {
      action.run();
      return;
    }
    open.invalidate(number);
  }

  void close() {
    open.invalidateAll();
  }

  /** A segment or chunk file open for reading, shared by readers and counted. */
  static final class BlobFile {
    private static final System.Logger LOG = System.getLogger(BlobFile.class.getName());

    @FunctionalInterface
    interface Source {
      StorageFile open() throws IOException;
    }

    private final Source source;
    private final Consumer<BlobFile> closed;
    private final long owner;
    private final int blockShift;
    private volatile StorageFile file;
    private int users = 1;
    private @Nullable Runnable afterClose;

    /** Frames in the file must name that owner; most records of a segment have that shift. */
    BlobFile(
        Source source, Consumer<BlobFile> closed, StorageFile file, long owner, int blockShift) {
      this.source = source;
      this.closed = closed;
      this.file = file;
      this.owner = owner;
      this.blockShift = blockShift;
    }

    long owner() {
      return owner;
    }

    int blockShift() {
      return blockShift;
    }

    /** Reads until so many bytes are there or the file ends; the number of bytes read. */
    int read(byte[] into, int at, int length, long position) throws IOException {
      StorageFile used = file;
      while (true) {
        try {
          return used.read(ByteBuffer.wrap(into, at, length), position);
        } catch (ClosedByInterruptException e) {
          throw e;
        } catch (ClosedChannelException e) {
          // An interrupt of another reader has closed the file.
          used = reopen(used);
        }
      }
    }

    private synchronized StorageFile reopen(StorageFile dead) throws IOException {
      if (file == dead) {
        file = source.open();
      }
      return file;
    }

    /** Starts a use; false when the file has been closed. */
    synchronized boolean pin() {
      if (users == 0) {
        return false;
      }
      users++;
      return true;
    }

    /** Ends a use; the last one closes the file. */
    void unpin() {
      synchronized (this) {
        if (--users > 0) {
          return;
        }
      }
      try {
        file.close();
      } catch (IOException e) {
        LOG.log(Level.WARNING, "cannot close a file that was read", e);
      }
      closed.accept(this);
      if (afterClose != null) {
        afterClose.run();
      }
    }

    /** Has something done when the last use ends; false when that has happened already. */
    synchronized boolean whenClosed(Runnable action) {
      if (users == 0) {
        return false;
      }
      afterClose = action;
      return true;
    }
  }
}
