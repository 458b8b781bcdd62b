package dev.lakebed.iam.store;

import dev.lakebed.storage.metadata.MetadataUnavailableException;
import dev.lakebed.storage.metadata.iam.IamStore;
import dev.lakebed.task.Outage;
import dev.lakebed.task.PeriodicTimer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Notices changes of identities: those of this server at once, those of other servers by asking for
 * the number of the last change.
 */
public final class ChangeWatch implements AutoCloseable {
  /** Half of what another server's change may take to be in force here. */
  public static final Duration INTERVAL = Duration.ofMillis(500);

  private static final System.Logger LOG = System.getLogger(ChangeWatch.class.getName());

  private final IamStore store;
  private final Runnable changed;
  private final AtomicLong seen;
  private final Outage outage =
      new Outage(
          LOG,
          "changes of identities cannot be seen",
          MetadataUnavailableException.class,
          System::nanoTime);

  /** Never fails: {@link #look} reports its own failures. */
  private final PeriodicTimer timer = new PeriodicTimer("lakebed-iam-watch");

  /** Calls {@code changed}, which must not fail, after each change from now on. */
  public ChangeWatch(IamStore store, Runnable changed) {
    this.store = store;
    this.changed = changed;
    this.seen = new AtomicLong(store.changeNumber());
    store.onChange(this::ownChange);
    timer.every(INTERVAL, "The look for changes of IAM", this::look);
  }

  private void ownChange(long number) {
    seen.accumulateAndGet(number, Math::max);
    changed.run();
  }

  private void look() {
    try {
      long number = store.changeNumber();
      if (number > seen.getAndAccumulate(number, Math::max)) {
        changed.run();
      }
      outage.worked();
    } catch (RuntimeException | LinkageError failure) {
      outage.failed(failure);
    }
  }

  @Override
  public void close() {
    timer.close();
  }
}
