package dev.lakebed.boot;

import dev.lakebed.blob.BlobRef;
import dev.lakebed.blob.BlobStore;
import dev.lakebed.iam.store.SealRenewal;
import dev.lakebed.metadata.MetadataStore;
import dev.lakebed.metadata.ReleasedBlobs;
import dev.lakebed.tables.storage.TablePurge;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Work that is done once a minute: what requests left to be removed. */
final class Housekeeping implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Housekeeping.class.getName());

  /**
   * A reader that found the object's chunks before they were released has this long to open them.
   */
  private static final Duration GRACE = Duration.ofMinutes(15);

  private static final int BATCH = 1000;

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("lakebed-housekeeping").unstarted(task));
  private final MetadataStore metadata;
  private final BlobStore blobs;
  private final TablePurge purge;
  private final SealRenewal seals;

  Housekeeping(MetadataStore metadata, BlobStore blobs, TablePurge purge, SealRenewal seals) {
    this.metadata = metadata;
    this.blobs = blobs;
    this.purge = purge;
    this.seals = seals;
  }

  /**
   * Begins after a minute. While the application is being deployed Payara closes the jars of the
   * WAR once, and a class whose initialiser then needs another class stays broken for good.
   */
  @SuppressWarnings("FutureReturnValueIgnored") // run() reports its own failures
  void start() {
    timer.scheduleWithFixedDelay(this::run, 60, 60, TimeUnit.SECONDS);
  }

  private void run() {
    try {
      purge.sweep();
      releaseBlobs();
      metadata.housekeeping().run(Instant.now());
      metadata.revocations().forgetBefore(Instant.now());
      seals.run();
      metadata.usedAssertions().forgetBefore(Instant.now());
    } catch (RuntimeException | LinkageError failure) {
      LOG.log(Level.WARNING, "Housekeeping is put off for a minute", failure);
    }
  }

  private void releaseBlobs() {
    ReleasedBlobs released = metadata.releasedBlobs();
    List<BlobRef> batch;
    do {
      batch = released.before(Instant.now().minus(GRACE), BATCH);
      batch.forEach(blobs::release);
      released.forget(batch);
    } while (batch.size() == BATCH);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
