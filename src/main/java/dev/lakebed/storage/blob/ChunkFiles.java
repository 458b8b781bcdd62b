package dev.lakebed.storage.blob;

import dev.lakebed.storage.blob.volume.FileLayer;
import dev.lakebed.storage.blob.volume.FileLayer.StorageFile;
import dev.lakebed.storage.blob.volume.VolumeDirectory;
import dev.lakebed.storage.blob.volume.VolumeUnavailableException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Names and places of chunk files: {@code incoming/} until confirmed, then {@code chunks/}. */
final class ChunkFiles {
  private static final System.Logger LOG = System.getLogger(ChunkFiles.class.getName());
  private static final int LOCKS = 64;

  /** More wait for the next start, which finds them as well. */
  private static final int MOST_UNREMOVED = 10_000;

  private final Volume volume;
  private final FileLayer files;
  private final VolumeDirectory directory;
  private final DirectorySync incomingSync;
  private final PagePool buffers;
  private final List<Object> locks = Stream.generate(Object::new).limit(LOCKS).toList();

  /** Files that nothing names and that could not be removed; each new file tries one of them. */
  private final BlockingQueue<Long> unremoved = new ArrayBlockingQueue<>(MOST_UNREMOVED);

  ChunkFiles(Volume volume, PagePool buffers) {
    this.volume = volume;
    this.files = volume.files();
    this.directory = volume.directory();
    this.incomingSync = new DirectorySync(files, directory.incoming());
    this.buffers = buffers;
  }

  ChunkWriter create() throws IOException {
    removeOneMore();
    long number = volume.numbers().next();
    try {
      StorageFile file = files.create(directory.incoming(number));
      return new ChunkWriter(volume, this, number, file, buffers);
    } catch (IOException e) {
      throw VolumeUnavailableException.ofWrite(volume.number(), e);
    }
  }

  void syncIncoming() throws IOException {
    incomingSync.sync();
  }

  /** Opens a chunk, wherever it is; a rename meanwhile does no harm. */
  StorageFile open(long number) throws IOException {
    @Nullable NoSuchFileException missing = null;
    for (int attempt = 0; attempt < 3; attempt++) {
      try {
        return files.openForReading(
            attempt == 1 ? directory.incoming(number) : directory.chunk(number));
      } catch (NoSuchFileException e) {
        missing = e;
      }
    }
    throw missing == null ? new NoSuchFileException(Long.toHexString(number)) : missing;
  }

  void confirm(long number) {
    synchronized (lock(number)) {
      try {
        if (files.exists(directory.incoming(number))) {
          files.rename(directory.incoming(number), directory.chunk(number));
        }
      } catch (IOException e) {
        // The chunk stays readable where it is, and the next start confirms it.
        LOG.log(Level.WARNING, "cannot confirm chunk " + directory.incoming(number), e);
      }
    }
  }

  void remove(long number) {
    try {
      delete(number);
    } catch (IOException e) {
      boolean again = unremoved.offer(number);
      String when = again ? "; it is tried again" : "; the next start tries again";
      LOG.log(Level.WARNING, "cannot remove chunk " + directory.chunk(number) + when, e);
    }
  }

  private void removeOneMore() {
    Long number = unremoved.poll();
    try {
      if (number != null) {
        delete(number);
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, () -> "cannot remove chunk " + directory.chunk(number) + " yet", e);
      unremoved.add(number);
    }
  }

  /** Takes the names of a chunk away; always true. */
  boolean delete(long number) throws IOException {
    synchronized (lock(number)) {
      files.deleteIfExists(directory.chunk(number));
      files.deleteIfExists(directory.incoming(number));
      return true;
    }
  }

  boolean exists(long number) throws IOException {
    if (files.exists(directory.chunk(number))) {
      return true;
    }
    // A chunk that is confirmed meanwhile has one of its names under the lock.
    synchronized (lock(number)) {
      return files.exists(directory.chunk(number)) || files.exists(directory.incoming(number));
    }
  }

  private Object lock(long number) {
    return locks.get((int) number & (LOCKS - 1));
  }

  /** Makes the names in a directory durable for all threads that wait, with one call. */
  static final class DirectorySync {
    private final FileLayer files;
    private final Path directory;
    private final AtomicLong requested = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private long done;
    private long failed;

    DirectorySync(FileLayer files, Path directory) {
      this.files = files;
      this.directory = directory;
    }

    /** Returns when every change that this thread has made to the directory is durable. */
    void sync() throws IOException {
      long ticket = requested.incrementAndGet();
      lock.lock();
      try {
        // After a failed call the next one may report success without having written anything.
        if (ticket <= failed) {
          throw new IOException("directory could not be synced: " + directory);
        }
        if (ticket > done) {
          syncAll();
        }
      } finally {
        lock.unlock();
      }
    }

    private void syncAll() throws IOException {
      long target = requested.get();
      try {
        files.syncDirectory(directory);
        done = target;
      } catch (ClosedByInterruptException e) {
        throw e;
      } catch (IOException e) {
        failed = target;
        throw e;
      }
    }
  }
}
