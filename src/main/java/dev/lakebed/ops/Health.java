package dev.lakebed.ops;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** Whether the server can do its work; asks its parts at most once a second. */
public final class Health {
  private static final Duration KEPT = Duration.ofSeconds(1);

  /** One word for each part that does not work; no addresses or messages. */
  public record State(boolean ready, String text, Instant at) {}

  private final Map<String, Callable<?>> checks;
  private volatile State last = new State(false, "starting", Instant.EPOCH);

  /** A part whose check throws does not work. */
  public Health(Map<String, Callable<?>> checks) {
    this.checks = new LinkedHashMap<>(checks);
  }

  /** The state, at most a second old. */
  public State state() {
    State known = last;
    Instant now = Instant.now();
    if (!known.at().plus(KEPT).isAfter(now)) {
      known = ask(now);
      last = known;
    }
    return known;
  }

  private State ask(Instant now) {
    String failed =
        checks.entrySet().stream()
            .filter(check -> !works(check.getKey(), check.getValue()))
            .map(Map.Entry::getKey)
            .collect(Collectors.joining(", "));
    return new State(failed.isEmpty(), failed.isEmpty() ? "ready" : "not ready: " + failed, now);
  }

  private static boolean works(String name, Callable<?> check) {
    try {
      check.call();
      return true;
    } catch (Exception failure) {
      System.getLogger(Health.class.getName())
          .log(System.Logger.Level.WARNING, name + " does not work: " + failure);
      return false;
    }
  }
}
