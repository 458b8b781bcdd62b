package dev.lakebed.storage.blob;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A segment or chunk file open for reading, shared by readers and counted. */
final class BlobFile {
  private static final System.Logger LOG = System.getLogger(BlobFile.class.getName());

  /** Opens the file again. */
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

  /**
   * Takes an open file.
   *
   * @param closed told when the last use has ended
   * @param owner what frames in the file must name as owner
   * @param blockShift of the chunk, or what most records of the segment will have
   */
  BlobFile(Source source, Consumer<BlobFile> closed, StorageFile file, long owner, int blockShift) {
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
