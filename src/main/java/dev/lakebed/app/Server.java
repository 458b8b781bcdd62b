package dev.lakebed.app;

import dev.lakebed.app.Composition.Stores;
import dev.lakebed.app.Housekeeping.BlobRemoval;
import dev.lakebed.app.Housekeeping.SegmentCheck;
import dev.lakebed.app.StartEnd.ListenerStart;
import dev.lakebed.audit.AuditLog;
import dev.lakebed.auth.TrustedProxies;
import dev.lakebed.front.FrontAssembly;
import dev.lakebed.front.limit.ConnectionShares;
import dev.lakebed.front.limit.Shares;
import dev.lakebed.front.limit.Tarpit;
import dev.lakebed.front.payara.HookWatch;
import dev.lakebed.front.servlet.LakebedApplication.JaxRsComponents;
import dev.lakebed.iam.ConfigWatcher.KeyWatch;
import dev.lakebed.iam.IamDirectory;
import dev.lakebed.iam.IdentityLoader;
import dev.lakebed.iam.session.RevocationWatch;
import dev.lakebed.ops.Health;
import dev.lakebed.ops.MetricsPage;
import dev.lakebed.ops.Settings;
import dev.lakebed.ops.StorageMetrics;
import dev.lakebed.storage.blob.BlobStore;
import dev.lakebed.storage.metadata.store.MetadataStore;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** The running server: every part, started in order, stopped in reverse. */
final class Server implements AutoCloseable {
  /** So much of the heap may hold heads: one part of so many. */
  private static final int HEADS_PART_OF_HEAP = 16;

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final Clock clock = Clock.systemUTC();
  private final StartLog log = new StartLog();
  private final LastWords lastWords = new LastWords();
  private final Settings settings;
  private final JaxRsComponents components;
  private final BlobStore blobs;
  private boolean started;

  /** Starts a server, or throws {@link StartEnd.StartFailure}. */
  Server(Settings settings) throws IOException {
    this.settings = settings;
    ConfiguredIdentities.check(settings);
    InitialBuckets.check(settings.buckets(), settings.tableBuckets(), settings.corsBuckets());
    List<Path> files = settings.configFiles();
    log.step("Configuration read: " + (files.isEmpty() ? "no file is given" : files));
    try {
      DeletionAtExit.held().ifPresent(this::opened);
      DataDirectory data = opened(DataDirectory.open(settings.data()));
      IdentityLoader loader = ConfiguredIdentities.loader(settings, data);
      IamDirectory directory = new IamDirectory(loader);
      ConfiguredIdentities.refuseWeakKeys(settings, directory.identities());
      opened(ConfiguredIdentities.watch(directory, loader));
      Storage storage = opened(Storage.open(settings, data, log));
      this.blobs = storage.blobs();
      this.components = components(data, directory, storage);
      log.step("Protocols ready: S3, IAM, STS, S3 Tables");
      ConfiguredIdentities.tell(settings, directory.identities(), log);
      directory.identities().generated().ifPresent(key -> Banner.administrator(key, log));
      started = true;
    } finally {
      if (!started) {
        close();
      }
    }
  }

  JaxRsComponents components() {
    return components;
  }

  BlobStore blobs() {
    return blobs;
  }

  private JaxRsComponents components(DataDirectory data, IamDirectory directory, Storage storage)
      throws IOException {
    MetadataStore metadata = storage.metadata();
    String owner = directory.snapshot().sts().account();
    // While deployment ends, Payara closes jars that it has open: a class of Hibernate's that is
    // first asked for by another thread at that moment would stay broken. So ask here.
    metadata.buckets().list(Optional.empty(), "", "", 1);
    // Before a bucket is read and kept: it may change the policies of earlier versions.
    StoredIdentities stored =
        opened(
            StoredIdentities.open(
                directory,
                data.resolve("keys"),
                metadata,
                () -> ConfiguredIdentities.isIamReadOnly(settings, directory),
                clock));
    InitialBuckets initial = new InitialBuckets(metadata.buckets(), metadata.accessRules(), owner);
    initial.create(settings.buckets(), settings.tableBuckets());
    initial.openToEveryOrigin(settings.corsBuckets());
    Stores stores = Storage.stores(metadata, blobs);
    TableService tables = TableService.of(settings.region(), stores, stored.principals(), clock);
    opened(new Housekeeping(metadata, tables.purge(), stored.seals())).start();
    opened(new SegmentCheck(storage.blobs())).start();
    opened(new BlobRemoval(metadata.releasedBlobs(), blobs)).start();
    RevocationWatch revocations =
        opened(new RevocationWatch(metadata.revocations(), clock)).start();
    TrustedProxies proxies = TrustedProxies.of(settings.network().trustedProxies());
    SessionServices temporary =
        SessionServices.of(
            directory,
            data.resolve("keys"),
            revocations,
            metadata.usedAssertions(),
            proxies,
            clock);
    List<Runnable> keys = new ArrayList<>(temporary.keyFiles());
    keys.addFirst(stored::lookAtKeys);
    opened(KeyWatch.start(keys));
    PrometheusRegistry registry = new PrometheusRegistry();
    MetricsPage.addJvm(registry);
    StorageMetrics counts = new StorageMetrics(registry);
    storage.register(counts);
    Optional<AuditLog> audit = audit(data, counts);
    HookWatch hook =
        opened(
            HookWatch.start(connections(proxies), ListenerStart.watch(settings, data.root(), log)));
    FrontAssembly front =
        new Composition(settings, directory, stores, stored, temporary, tables, proxies, clock)
            .front(
                new Health(
                    Map.of("database", () -> metadata.buckets().list(Optional.empty(), "", "", 1))),
                registry,
                audit,
                hook.tarpit());
    return new JaxRsComponents(front.build(), hook::required);
  }

  private ConnectionShares connections(TrustedProxies proxies) {
    int percent = settings.clientShare();
    return new ConnectionShares(
        Shares.ofPercent(settings.maxConnections(), percent),
        Shares.ofPercent(Runtime.getRuntime().maxMemory() / HEADS_PART_OF_HEAP, percent),
        new Tarpit(System::nanoTime),
        proxies::trusts);
  }

  private Optional<AuditLog> audit(DataDirectory data, StorageMetrics counts) throws IOException {
    if (settings.audit().isEmpty()) {
      return Optional.empty();
    }
    Settings.Audit limits = settings.audit().get();
    AuditLog audit =
        opened(
            new AuditLog(
                data.resolve("audit"), (long) limits.fileMebibytes() << 20, limits.files()));
    counts.audit(audit::written, audit::lost);
    return Optional.of(audit);
  }

  private <T extends AutoCloseable> T opened(T part) {
    parts.push(part);
    return part;
  }

  /** Stops every part, the last one first; a part that fails does not keep the others. */
  @Override
  public void close() {
    boolean clean = true;
    while (!parts.isEmpty()) {
      clean &= closed(parts.pop());
    }
    if (clean && started) {
      lastWords.stopped();
    }
  }

  private boolean closed(AutoCloseable part) {
    try {
      part.close();
      return true;
    } catch (Exception | LinkageError failure) { // the container gives no new classes any more
      lastWords.failed(failure);
      return false;
    }
  }

  /**
   * The log of a stop. When the process ends Java takes the handlers from the loggers, at once: so
   * they are kept from the start.
   */
  static final class LastWords {
    private final List<Handler> handlers = List.of(Logger.getLogger("").getHandlers());

    /** The server has stopped, and everything is closed. */
    void stopped() {
      publish(new LogRecord(Level.INFO, "Stopped"));
    }

    /** Something is not closed as it should be. */
    void failed(Throwable failure) {
      LogRecord words = new LogRecord(Level.SEVERE, "A part of the server did not stop");
      words.setThrown(failure);
      publish(words);
    }

    private void publish(LogRecord words) {
      words.setLoggerName("dev.lakebed.stop");
      handlers.forEach(handler -> handler.publish(words));
    }
  }
}
