package dev.lakebed.app;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;

/** One readable line per start-up step, with the time it took. */
final class StartLog {
  private static final Logger LOG = System.getLogger("dev.lakebed.start");

  private Instant last = Instant.now();

  /** Tells that a step is done. */
  void step(String what) {
    Instant now = Instant.now();
    LOG.log(
        Level.INFO, "{0} ({1} ms)", what, Long.toString(Duration.between(last, now).toMillis()));
    last = now;
  }

  /** Tells something that takes no time. */
  void say(String what) {
    LOG.log(Level.INFO, what);
  }

  /** Warns the operator. */
  void warn(String what) {
    LOG.log(Level.WARNING, what);
  }
}
