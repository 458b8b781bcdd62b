package dev.lakebed.iam.store;

import dev.lakebed.storage.metadata.MetadataUnavailableException;
import dev.lakebed.storage.metadata.iam.IamStore;
import dev.lakebed.storage.metadata.iam.LastUses.LastUse;
import dev.lakebed.task.Outage;
import dev.lakebed.task.PeriodicTimer;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Collects when keys and principals were used and writes it now and then, so that a request costs
 * no write. What is collected and not yet written is lost when the server is killed.
 */
public final class UseLog implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(UseLog.class.getName());
  private static final int MOST = 10_000;
  private static final Duration INTERVAL = Duration.ofSeconds(10);

  /** The same on every server, so that they do not lock each other out. */
  private static final Comparator<LastUse> ORDER =
      Comparator.comparing(LastUse::id).thenComparing(LastUse::service);

  private final IamStore store;
  private final Outage outage =
      new Outage(
          LOG,
          "last uses of keys are not written yet",
          MetadataUnavailableException.class,
          System::nanoTime);
  private final Map<Slot, LastUse> pending = new ConcurrentHashMap<>();
  private final PeriodicTimer timer = new PeriodicTimer("lakebed-iam-uses");

  private record Slot(String id, String service) {}

  /** Writes to that store every ten seconds. */
  public UseLog(IamStore store) {
    this.store = store;
    timer.every(INTERVAL, "The note of used keys", this::write);
  }

  /** Notes a use; forgotten when too much is waiting to be written. */
  public void note(LastUse use) {
    Slot slot = new Slot(use.id(), use.service());
    if (pending.size() < MOST || pending.containsKey(slot)) {
      pending.put(slot, use);
    }
  }

  private void write() {
    try {
      flush();
      outage.worked();
    } catch (RuntimeException | LinkageError failure) {
      outage.failed(failure);
    }
  }

  /** Writes what is collected. */
  public void flush() {
    Map<Slot, LastUse> batch = Map.copyOf(pending);
    if (batch.isEmpty()) {
      return;
    }
    store.note(stored -> stored.uses().note(batch.values().stream().sorted(ORDER).toList()));
    batch.forEach(pending::remove);
  }

  /** Writes the rest and stops. */
  @Override
  public void close() {
    timer.close();
    write();
  }
}
