package dev.lakebed.storage.blob;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/** Makes the names in a directory durable for all threads that wait, with one call. */
final class DirectorySync {
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
