package dev.lakebed.storage.blob;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A small blob that waits for its commit; the thread that makes it is the one that waits. */
final class PendingRecord implements CommitTask {
  private final Thread waiter = Thread.currentThread();
  private final List<byte[]> pages;
  private final int length;
  private final byte[] table;
  private final byte[] descriptor;
  private final RecordFrame template;
  private @Nullable BlobRef ref;
  private @Nullable IOException failure;
  private volatile boolean done;

  /** Takes the pages, all full except the last, each one block long. */
  PendingRecord(List<byte[]> pages, int length, int blockBytes, byte[] descriptor) {
    this.pages = pages;
    this.length = length;
    this.descriptor = descriptor;
    BlockChecksums sums = new BlockChecksums(blockBytes);
    int left = length;
    for (byte[] page : pages) {
      int step = Math.min(left, blockBytes);
      sums.update(page, 0, step);
      left -= step;
    }
    this.table = sums.table();
    this.template =
        new RecordFrame(
            RecordFrame.RECORD_MAGIC,
            Integer.numberOfTrailingZeros(blockBytes),
            descriptor.length,
            BlockChecksums.sum(descriptor),
            BlockChecksums.sum(table),
            length,
            0,
            0);
  }

  long paddedBytes() {
    return template.paddedBytes();
  }

  /** Writes the record as it looks at this place. */
  void writeTo(StagedOutput out, Segment segment, long offset) throws IOException {
    out.put(
        new RecordFrame(
            template.magic(),
            template.blockShift(),
            template.descriptorLength(),
            template.descriptorSum(),
            template.tableSum(),
            template.dataLength(),
            segment.nonce(),
            offset));
    out.put(table, table.length);
    int left = length;
    for (byte[] page : pages) {
      int step = Math.min(left, page.length);
      out.put(page, step);
      left -= step;
    }
    out.put(descriptor, descriptor.length);
    out.pad((int) (template.paddedBytes() - template.totalBytes()));
    ref = new BlobRef(BlobRef.Kind.SEGMENT, segment.volume(), segment.number(), offset, length);
  }

  void committed() {
    finish();
  }

  void failed(IOException cause) {
    failure = cause;
    finish();
  }

  private void finish() {
    done = true;
    LockSupport.unpark(waiter);
  }

  /** Waits, also through interrupts: whether the blob is durable must be known. */
  BlobRef await(int volume) throws IOException {
    boolean interrupted = false;
    while (!done) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (failure != null) {
      throw Refusals.ofWrite(volume, failure);
    }
    return Objects.requireNonNull(ref);
  }
}
