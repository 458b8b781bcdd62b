package dev.lakebed.storage.blob;

import dev.lakebed.storage.blob.BlobStore.BlobWriter;
import dev.lakebed.storage.blob.GroupCommitter.PendingRecord;
import dev.lakebed.storage.blob.volume.BlobRef;
import dev.lakebed.storage.blob.volume.VolumeSettings;
import dev.lakebed.storage.blob.volume.VolumeUnavailableException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a blob in memory while it is small and memory lasts, and writes it to a chunk file of its
 * own from then on.
 */
final class StagedBlobWriter implements BlobWriter {
  private final SegmentedBlobStore store;
  private final PagePool pool;
  private final int smallBlobBytes;
  private final boolean expectedLong;
  private final List<byte[]> pages = new ArrayList<>(1);
  private @Nullable ChunkWriter chunk;
  private long size;
  private boolean failed;
  private boolean committed;
  private boolean closed;

  StagedBlobWriter(
      SegmentedBlobStore store, PagePool pool, int smallBlobBytes, long expectedLength) {
    this.store = store;
    this.pool = pool;
    this.smallBlobBytes = smallBlobBytes;
    this.expectedLong = expectedLength > smallBlobBytes;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    requireUsable();
    failed = true;
    int kept = chunk == null ? keep(bytes, offset, length) : 0;
    if (kept < length) {
      spilled(size + kept).write(bytes, offset + kept, length - kept);
    }
    size += length;
    failed = false;
  }

  /** Copies what fits into memory; less than all when the rest must go to a file. */
  private int keep(byte[] bytes, int offset, int length) {
    if (expectedLong || size + length > smallBlobBytes) {
      return 0;
    }
    int kept = 0;
    while (kept < length) {
      int inPage = (int) ((size + kept) % pool.pageBytes());
      if (inPage == 0) {
        byte[] page = pool.tryTake();
        if (page == null) {
          return kept;
        }
        pages.add(page);
      }
      int step = Math.min(length - kept, pool.pageBytes() - inPage);
      System.arraycopy(bytes, offset + kept, pages.getLast(), inPage, step);
      kept += step;
    }
    return kept;
  }

  private ChunkWriter spilled(long inMemory) throws IOException {
    ChunkWriter writer = chunk;
    if (writer == null) {
      writer = store.newChunk();
      chunk = writer;
      long left = inMemory;
      for (byte[] page : pages) {
        int step = (int) Math.min(left, page.length);
        writer.write(page, 0, step);
        left -= step;
      }
      givePagesBack();
    }
    return writer;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public BlobRef commit(byte[] descriptor) throws IOException {
    if (descriptor.length > VolumeSettings.MAX_DESCRIPTOR_BYTES) {
      throw new IllegalArgumentException("descriptor longer than 64 KiB");
    }
    requireUsable();
    failed = true;
    BlobRef ref =
        chunk == null
            ? store.commit(
                new PendingRecord(pages, Math.toIntExact(size), pool.pageBytes(), descriptor))
            : store.commit(chunk, descriptor);
    committed = true;
    failed = false;
    return ref;
  }

  private void requireUsable() throws IOException {
    if (closed || committed) {
      throw new IllegalStateException("writer is closed or committed");
    }
    if (failed) {
      throw new VolumeUnavailableException("an earlier write of this blob failed");
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    givePagesBack();
    if (chunk != null) {
      chunk.close(committed);
    }
  }

  private void givePagesBack() {
    pages.forEach(pool::giveBack);
    pages.clear();
  }
}
