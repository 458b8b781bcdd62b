package dev.lakebed.app;

import dev.lakebed.storage.blob.BlobStore;
import dev.lakebed.storage.blob.volume.BlobRef;
import dev.lakebed.storage.metadata.MetadataUnavailableException;
import dev.lakebed.storage.metadata.object.ReleasedBlobs;
import dev.lakebed.task.Outage;
import java.lang.System.Logger;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Gives the space of blobs back that nothing names: released ones as soon as nobody reads them, and
 * those of writes whose outcome was unknown when the database answers again. A row is forgotten
 * only when its file is gone for good.
 */
final class BlobRemoval implements AutoCloseable {
  private static final Logger LOG = System.getLogger(BlobRemoval.class.getName());
  private static final int PAGE = 1000;
  private static final long PAUSE_SECONDS = 1;

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("lakebed-removal").unstarted(task));
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

  @SuppressWarnings("FutureReturnValueIgnored") // look() reports its own failures
  BlobRemoval start() {
    timer.scheduleWithFixedDelay(
        this::look, Housekeeping.FIRST_SECONDS, PAUSE_SECONDS, TimeUnit.SECONDS);
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
    timer.shutdownNow();
  }
}
