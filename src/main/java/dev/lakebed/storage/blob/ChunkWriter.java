package dev.lakebed.storage.blob;

import dev.lakebed.storage.blob.volume.BlobRef;
import dev.lakebed.storage.blob.volume.FileLayer.StorageFile;
import dev.lakebed.storage.blob.volume.RecordFrame;
import dev.lakebed.storage.blob.volume.RecordFrame.BlockChecksums;
import dev.lakebed.storage.blob.volume.VolumeUnavailableException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

final class ChunkWriter {
  private static final System.Logger LOG = System.getLogger(ChunkWriter.class.getName());

  /** Writes of whole pages of the system are cheapest. */
  private static final int PAGE = 4096;

  private final Volume volume;
  private final ChunkFiles chunks;
  private final long number;
  private final StorageFile file;
  private final WriteBehind behind;
  private final BlockChecksums sums;
  private final PagePool buffers;
  private byte @Nullable [] buffer;
  private final int gatherBytes;
  private int buffered;
  private long written;

  ChunkWriter(Volume volume, ChunkFiles chunks, long number, StorageFile file, PagePool buffers) {
    this.volume = volume;
    this.chunks = chunks;
    this.number = number;
    this.file = file;
    this.behind = new WriteBehind(file, volume.background(), volume.settings().syncBytes());
    this.sums = new BlockChecksums(volume.settings().blockBytes());
    this.buffers = buffers;
    this.buffer = buffers.tryTake();
    this.gatherBytes = buffers.pageBytes() & -PAGE;
  }

  /** Gathers small pieces when there is memory for it, else writes them as they are. */
  void write(byte[] bytes, int offset, int length) throws IOException {
    sums.update(bytes, offset, length);
    byte[] gather = buffer;
    if (gather == null || (buffered == 0 && length >= gatherBytes)) {
      writeOut(bytes, offset, length);
      return;
    }
    int at = offset;
    int end = offset + length;
    while (at < end) {
      int step = Math.min(end - at, gatherBytes - buffered);
      System.arraycopy(bytes, at, gather, buffered, step);
      at += step;
      buffered += step;
      if (buffered == gatherBytes) {
        flush(gather);
      }
    }
  }

  private void flush(byte[] gather) throws IOException {
    writeOut(gather, 0, buffered);
    buffered = 0;
  }

  private void writeOut(byte[] bytes, int offset, int length) throws IOException {
    try {
      file.write(ByteBuffer.wrap(bytes, offset, length), written);
      written += length;
      if (behind.isDue(written)) {
        volume.freeSpace().require();
        behind.step(written);
      }
    } catch (IOException e) {
      throw VolumeUnavailableException.ofWrite(volume.number(), e);
    }
  }

  /** Makes the chunk and its name durable. */
  BlobRef commit(byte[] descriptor) throws IOException {
    if (buffer != null) {
      flush(buffer);
    }
    ByteBuffer tail = tail(descriptor);
    try {
      file.write(tail, written);
      behind.await();
      file.force();
      file.close();
      chunks.syncIncoming();
    } catch (IOException e) {
      throw VolumeUnavailableException.ofWrite(volume.number(), e);
    }
    return BlobRef.chunk(volume.identity().id(), number, written);
  }

  private ByteBuffer tail(byte[] descriptor) {
    byte[] table = sums.table();
    ByteBuffer tail = ByteBuffer.allocate(table.length + descriptor.length + RecordFrame.BYTES);
    tail.put(table).put(descriptor);
    int blockBytes = volume.settings().blockBytes();
    RecordFrame.of(RecordFrame.CHUNK_MAGIC, blockBytes, descriptor, table, written)
        .at(0, number)
        .encode(tail);
    return tail.flip();
  }

  /** Gives the memory back and, unless the chunk was committed, removes the file. */
  void close(boolean committed) {
    if (buffer != null) {
      buffers.giveBack(buffer);
      buffer = null;
    }
    if (committed) {
      return;
    }
    try {
      file.close();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "cannot close a chunk that is given up", e);
    }
    chunks.remove(number);
  }

  /**
   * Brings a file to disk while it grows, so that the last sync is short. At most one step runs
   * while the next is written, which bounds the dirty bytes of the file.
   */
  static final class WriteBehind {
    private final StorageFile file;
    private final Executor background;
    private final long stepBytes;
    private CompletableFuture<?> running = CompletableFuture.completedFuture(null);
    private long started;

    WriteBehind(StorageFile file, Executor background, long stepBytes) {
      this.file = file;
      this.background = background;
      this.stepBytes = stepBytes;
    }

    boolean isDue(long written) {
      return written - started >= stepBytes;
    }

    void step(long written) throws IOException {
      await();
      started = written;
      running = CompletableFuture.runAsync(this::force, background);
    }

    private void force() {
      try {
        file.force();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Waits for the step that runs and reports its failure. */
    void await() throws IOException {
      try {
        running.get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw (IOException) new InterruptedIOException("interrupted while writing").initCause(e);
      } catch (ExecutionException e) {
        throw new IOException("writing behind failed", e.getCause());
      }
    }
  }
}
