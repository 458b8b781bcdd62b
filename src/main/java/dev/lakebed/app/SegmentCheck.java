package dev.lakebed.app;

import dev.lakebed.storage.blob.SegmentedBlobStore;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks at the heads of all segments, once, behind the start: how many there are costs no time. */
final class SegmentCheck implements AutoCloseable {
  private static final Logger LOG = System.getLogger(SegmentCheck.class.getName());

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("lakebed-segments").unstarted(task));
  private final SegmentedBlobStore blobs;

  SegmentCheck(SegmentedBlobStore blobs) {
    this.blobs = blobs;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // run() reports its own failures
  void start() {
    timer.schedule(this::run, Housekeeping.FIRST_SECONDS, TimeUnit.SECONDS);
  }

  private void run() {
    try {
      blobs.checkSegments();
    } catch (IOException | RuntimeException | LinkageError failure) {
      LOG.log(Level.WARNING, "The heads of segments are looked at after the next start", failure);
    }
  }

  /** Waits for a head that is being written: the volume is free for another server then. */
  @Override
  public void close() {
    timer.shutdownNow();
    timer.close();
  }
}
