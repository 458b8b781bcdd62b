package dev.lakebed.iam;

import dev.lakebed.task.Repeated;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Has files of keys read again within a second of a change, also while nobody uses the keys. */
public final class KeyWatch implements AutoCloseable {
  private static final Duration INTERVAL = Duration.ofMillis(250);

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          work -> Thread.ofPlatform().daemon().name("lakebed-key-watch").unstarted(work));

  private KeyWatch() {}

  /** Begins to look. */
  @SuppressWarnings("FutureReturnValueIgnored") // Repeated reports failures
  public static KeyWatch start(List<Runnable> looks) {
    KeyWatch watch = new KeyWatch();
    long millis = INTERVAL.toMillis();
    for (Runnable look : looks) {
      watch.timer.scheduleWithFixedDelay(
          new Repeated("The look at a file of keys", look), millis, millis, TimeUnit.MILLISECONDS);
    }
    return watch;
  }

  /** Stops looking. */
  @Override
  public void close() {
    timer.shutdownNow();
  }
}
