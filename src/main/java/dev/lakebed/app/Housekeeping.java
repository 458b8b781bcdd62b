package dev.lakebed.app;

import dev.lakebed.iam.store.SecretSeal.SealRenewal;
import dev.lakebed.storage.metadata.MetadataUnavailableException;
import dev.lakebed.storage.metadata.store.MetadataStore;
import dev.lakebed.tables.operation.TablePurge;
import dev.lakebed.task.Outage;
import dev.lakebed.task.Repeated;
import java.lang.System.Logger;
import java.time.Instant;
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
  static final long FIRST_SECONDS = 60;

  private static final long PERIOD_SECONDS = 60;

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("lakebed-housekeeping").unstarted(task));
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

  @SuppressWarnings("FutureReturnValueIgnored") // run() reports its own failures
  void start() {
    timer.scheduleWithFixedDelay(
        new Repeated("Housekeeping", this::run), FIRST_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
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
    timer.shutdownNow();
  }
}
