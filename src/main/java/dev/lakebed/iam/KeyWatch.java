package dev.lakebed.iam;

import dev.lakebed.task.PeriodicTimer;
import java.time.Duration;
import java.util.List;

/** Has files of keys read again within a second of a change, also while nobody uses the keys. */
public final class KeyWatch implements AutoCloseable {
  private static final Duration INTERVAL = Duration.ofMillis(250);

  private final PeriodicTimer timer = new PeriodicTimer("lakebed-key-watch");

  private KeyWatch() {}

  /** Begins to look. */
  public static KeyWatch start(List<Runnable> looks) {
    KeyWatch watch = new KeyWatch();
    for (Runnable look : looks) {
      watch.timer.every(INTERVAL, "The look at a file of keys", look);
    }
    return watch;
  }

  /** Stops looking. */
  @Override
  public void close() {
    timer.close();
  }
}
