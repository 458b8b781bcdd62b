package dev.lakebed.audit;

import dev.lakebed.audit.AuditRecord.AuditLine;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Writes the trail from one thread. The queue is bounded: when it is full, requests wait for the
 * disk, so nothing is lost to haste. What the disk does not take is counted and reported, and
 * requests go on.
 */
public final class AuditLog implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(AuditLog.class.getName());
  private static final int QUEUE = 8192;
  private static final int BATCH = 512;
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final Duration BETWEEN_REPORTS = Duration.ofMinutes(1);

  private final BlockingQueue<AuditRecord> queue = new ArrayBlockingQueue<>(QUEUE);
  private final LongAdder written = new LongAdder();
  private final LongAdder lost = new LongAdder();
  private final AuditLine line = new AuditLine();
  private final AuditFiles files;
  private final Thread writer;
  private volatile boolean closing;
  private Instant reported = Instant.EPOCH;

  /** Keeps so many files of that size in a directory that only the server's user may read. */
  public AuditLog(Path directory, long fileBytes, int files) throws IOException {
    this.files = new AuditFiles(directory, fileBytes, files);
    this.writer = Thread.ofPlatform().daemon().name("lakebed-audit").start(this::run);
  }

  /** Hands a record over; waits while the queue is full. */
  public void add(AuditRecord record) {
    try {
      queue.put(record);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      lose(1, Optional.empty());
    }
  }

  /** Lines handed to the file system since the start. */
  public long written() {
    return written.sum();
  }

  /** Records that could not be written since the start. */
  public long lost() {
    return lost.sum();
  }

  private void run() {
    List<AuditRecord> batch = new ArrayList<>(BATCH);
    while (!closing || !queue.isEmpty()) {
      try {
        AuditRecord first = queue.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        if (first != null) {
          batch.add(first);
          queue.drainTo(batch, BATCH - 1);
          write(batch);
        }
      } catch (InterruptedException closed) {
        closing = true;
      } finally {
        batch.clear();
      }
    }
  }

  private void write(List<AuditRecord> batch) {
    int done = 0;
    try {
      for (AuditRecord record : batch) {
        files.write(line.of(record));
        done++;
      }
      files.flush();
      written.add(done);
    } catch (IOException | RuntimeException | LinkageError failure) {
      // Without this thread every request would wait in the end.
      lose(batch.size(), Optional.of(failure));
    }
  }

  /** One line a minute at most, so that a full disk does not fill the log too. */
  private void lose(int records, Optional<Throwable> cause) {
    lost.add(records);
    if (cause.isPresent() && reported.plus(BETWEEN_REPORTS).isBefore(Instant.now())) {
      reported = Instant.now();
      LOG.log(Level.ERROR, "the audit trail cannot be written", cause.get());
    }
  }

  /** Writes what is waiting. */
  @Override
  public void close() throws IOException {
    closing = true;
    try {
      writer.join(Duration.ofSeconds(10));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    files.close();
  }
}
