package dev.lakebed.storage.blob;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.LongAdder;

/** A thread that makes all records that wait durable as one group. */
final class Committer {
  private static final System.Logger LOG = System.getLogger(Committer.class.getName());

  private final int volume;
  private final SegmentWriter writer;
  private final int groupRecords;
  private final BlockingQueue<CommitTask> queue;
  private final PendingRecord stop;
  private final LongAdder groups = new LongAdder();
  private final LongAdder records = new LongAdder();
  private final Thread thread;

  Committer(int volume, SegmentWriter writer, int groupRecords, int blockBytes) {
    this.volume = volume;
    this.writer = writer;
    this.groupRecords = groupRecords;
    this.queue = new ArrayBlockingQueue<>(groupRecords);
    this.stop = new PendingRecord(List.of(), 0, blockBytes, new byte[0]);
    this.thread = Thread.ofPlatform().daemon().name("blob-commit-" + volume).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Waits until the record is durable. */
  BlobRef commit(PendingRecord record) throws IOException {
    try {
      queue.put(record);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("interrupted before commit").initCause(e);
    }
    return record.await(volume);
  }

  /** Asks to use the space of a record again. When too much is waiting it is only lost. */
  void giveBack(BlobRef ref) {
    boolean asked = queue.offer(new CommitTask.GiveBack(ref));
    if (!asked) {
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
        left.subList(0, count).forEach(PendingRecord::committed);
        left = left.subList(count, left.size());
      } catch (IOException e) {
        left.forEach(record -> record.failed(e));
        return;
      } catch (RuntimeException | Error e) {
        // The waiting threads must not hang, whatever went wrong.
        IOException failure = new IOException("commit failed", e);
        left.forEach(record -> record.failed(failure));
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
}
