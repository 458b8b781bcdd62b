package dev.lakebed.storage.blob;

import dev.lakebed.storage.blob.SegmentWriter.StagedOutput;
import dev.lakebed.storage.blob.volume.BlobRef;
import dev.lakebed.storage.blob.volume.RecordFrame;
import dev.lakebed.storage.blob.volume.RecordFrame.BlockChecksums;
import dev.lakebed.storage.blob.volume.VolumeUnavailableException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A thread, begun at once, that makes all records that wait durable as one group. */
final class GroupCommitter {
  private static final System.Logger LOG = System.getLogger(GroupCommitter.class.getName());

  private final Volume volume;
  private final SegmentWriter writer;
  private final int groupRecords;
  private final BlockingQueue<CommitTask> queue;
  private final PendingRecord stop;
  private final LongAdder groups = new LongAdder();
  private final LongAdder records = new LongAdder();
  private final Thread thread;

  GroupCommitter(Volume volume, SegmentWriter writer) {
    this.volume = volume;
    this.writer = writer;
    this.groupRecords = volume.settings().groupRecords();
    this.queue = new ArrayBlockingQueue<>(groupRecords);
    this.stop = new PendingRecord(List.of(), 0, volume.settings().blockBytes(), new byte[0]);
    this.thread =
        Thread.ofPlatform().daemon().name("blob-commit-" + volume.number()).start(this::run);
  }

  BlobRef commit(PendingRecord record) throws IOException {
    try {
      queue.put(record);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("interrupted before commit").initCause(e);
    }
    return record.await(volume.number());
  }

  /** Asks to use the space of a record again. When too much is waiting it is only lost. */
  void giveBack(BlobRef ref) {
    if (!queue.offer(new CommitTask.GiveBack(ref))) {
      LOG.log(Level.DEBUG, "the space of {0} is not used again", ref);
    }
  }

  private void run() {
    List<PendingRecord> group = new ArrayList<>(groupRecords);
    boolean running = true;
    while (running) {
      takeGroup(group);
      running = !group.remove(stop);
      commitAll(group);
      group.clear();
    }
    writer.close();
  }

  private void takeGroup(List<PendingRecord> group) {
    try {
      List<CommitTask> tasks = new ArrayList<>();
      tasks.add(queue.take());
      queue.drainTo(tasks, groupRecords - 1);
      for (CommitTask task : tasks) {
        switch (task) {
          case PendingRecord record -> group.add(record);
          case CommitTask.GiveBack unused -> writer.giveBack(unused.ref());
        }
      }
    } catch (InterruptedException e) {
      // Nobody has the thread to interrupt it; close() sends the stop record.
      throw new IllegalStateException("committer interrupted", e);
    }
  }

  private void commitAll(List<PendingRecord> group) {
    List<PendingRecord> left = group;
    while (!left.isEmpty()) {
      try {
        int count = writer.append(left);
        groups.increment();
        records.add(count);
        left.subList(0, count).forEach(record -> record.ended(null));
        left = left.subList(count, left.size());
      } catch (IOException | RuntimeException | Error e) {
        // The waiting threads must not hang, whatever went wrong.
        IOException cause = e instanceof IOException io ? io : new IOException("commit failed", e);
        left.forEach(record -> record.ended(cause));
        return;
      }
    }
  }

  long groups() {
    return groups.sum();
  }

  long records() {
    return records.sum();
  }

  /** Ends the thread when what was queued is done. The caller lets nobody commit any more. */
  void close() throws IOException {
    try {
      queue.put(stop);
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("interrupted while closing").initCause(e);
    }
  }

  sealed interface CommitTask permits PendingRecord, CommitTask.GiveBack {
    /** A record that metadata refused takes no more space, if that can still be had. */
    record GiveBack(BlobRef ref) implements CommitTask {}
  }

  /** A small blob that waits for its commit; the thread that makes it is the one that waits. */
  static final class PendingRecord implements CommitTask {
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
          RecordFrame.of(RecordFrame.RECORD_MAGIC, blockBytes, descriptor, table, length);
    }

    long paddedBytes() {
      return template.paddedBytes();
    }

    void writeTo(StagedOutput out, Segment segment, long offset) throws IOException {
      out.put(template.at(offset, segment.header().nonce()));
      out.put(table, table.length);
      int left = length;
      for (byte[] page : pages) {
        int step = Math.min(left, page.length);
        out.put(page, step);
        left -= step;
      }
      out.put(descriptor, descriptor.length);
      out.pad((int) (template.paddedBytes() - template.totalBytes()));
      ref = segment.header().ref(offset, length);
    }

    /** The record is durable, unless there is a cause why it is not. */
    void ended(@Nullable IOException cause) {
      failure = cause;
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
        throw VolumeUnavailableException.ofWrite(volume, failure);
      }
      return Objects.requireNonNull(ref);
    }
  }
}
