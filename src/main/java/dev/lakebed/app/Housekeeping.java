package dev.lakebed.app;

import dev.lakebed.iam.store.SecretSeal.SealRenewal;
import dev.lakebed.storage.blob.BlobStore;
import dev.lakebed.storage.blob.SegmentedBlobStore;
import dev.lakebed.storage.blob.volume.BlobRef;
import dev.lakebed.storage.metadata.MetadataUnavailableException;
import dev.lakebed.storage.metadata.object.ReleasedBlobs;
import dev.lakebed.storage.metadata.store.MetadataStore;
import dev.lakebed.tables.table.TablePurge;
import dev.lakebed.task.Outage;
import dev.lakebed.task.PeriodicTimer;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Work that is done once a minute: what requests left to be removed. */
final class Housekeeping implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Housekeeping.class.getName());

  /**
   * When a thread of ours may begin. While the application is being deployed Payara closes the jars
   * of the WAR once, and a class whose initialiser then needs another class stays broken for good.
   */
  static final Duration FIRST = Duration.ofMinutes(1);

  private final PeriodicTimer timer = new PeriodicTimer("lakebed-housekeeping");
  private final MetadataStore metadata;
  private final TablePurge purge;
  private final SealRenewal seals;
  private final Outage outage =
      new Outage(
          LOG,
          "Housekeeping is put off for a minute",
          MetadataUnavailableException.class,
          System::nanoTime);

  Housekeeping(MetadataStore metadata, TablePurge purge, SealRenewal seals) {
    this.metadata = metadata;
    this.purge = purge;
    this.seals = seals;
  }

  void start() {
    timer.every(FIRST, "Housekeeping", this::run);
  }

  private void run() {
    try {
      purge.sweep();
      metadata.housekeeping().run(Instant.now());
      metadata.revocations().forgetBefore(Instant.now());
      seals.run();
      metadata.usedAssertions().forgetBefore(Instant.now());
      outage.worked();
    } catch (RuntimeException | LinkageError failure) {
      outage.failed(failure);
    }
  }

  @Override
  public void close() {
    timer.close();
  }

  /**
   * Looks at the heads of all segments, once, behind the start: how many there are costs no time.
   */
  static final class SegmentCheck implements AutoCloseable {
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
      timer.schedule(this::run, FIRST.toSeconds(), TimeUnit.SECONDS);
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

  /**
   * Gives the space of blobs back that nothing names: released ones as soon as nobody reads them,
   * and those of writes whose outcome was unknown when the database answers again. A row is
   * forgotten only when its file is gone for good.
   */
  static final class BlobRemoval implements AutoCloseable {
    private static final Logger LOG = System.getLogger(BlobRemoval.class.getName());
    private static final int PAGE = 1000;

    private final PeriodicTimer timer = new PeriodicTimer("lakebed-removal");
    private final ReleasedBlobs released;
    private final BlobStore blobs;
    private final Outage outage =
        new Outage(
            LOG,
            "Space of released objects is given back later",
            MetadataUnavailableException.class,
            System::nanoTime);

    BlobRemoval(ReleasedBlobs released, BlobStore blobs) {
      this.released = released;
      this.blobs = blobs;
    }

    BlobRemoval start() {
      timer.every(FIRST, Duration.ofSeconds(1), "The removal of released objects", this::look);
      return this;
    }

    private void look() {
      try {
        run();
        outage.worked();
      } catch (RuntimeException | LinkageError failure) {
        outage.failed(failure);
      }
    }

    /** Removes all that can be removed now. */
    void run() {
      blobs.decide();
      Optional<BlobRef> last = Optional.empty();
      List<BlobRef> page;
      do {
        page = released.page(last, PAGE);
        released.forget(List.copyOf(blobs.remove(page)));
        last = page.isEmpty() ? last : Optional.of(page.getLast());
      } while (page.size() == PAGE);
    }

    @Override
    public void close() {
      timer.close();
    }
  }
}
