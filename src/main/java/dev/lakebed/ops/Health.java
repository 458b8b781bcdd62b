package dev.lakebed.ops;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Whether the server can do its work; asks its parts at most once a second. */
public final class Health {
  private static final Duration KEPT = Duration.ofSeconds(1);

  /** Asks one part of the server. */
  @FunctionalInterface
  public interface Check {
    /**
     * Returns when the part works.
     *
     * @throws Exception when it does not
     */
    void run() throws Exception;
  }

  /**
   * What the parts said.
   *
   * @param ready whether all work
   * @param text one word per part; no addresses or messages
   */
  public record State(boolean ready, String text, Instant at) {}

  private final Map<String, Check> checks;
  private volatile State last = new State(false, "starting", Instant.EPOCH);

  /** Takes the parts by name. */
  public Health(Map<String, Check> checks) {
    this.checks = new LinkedHashMap<>(checks);
  }

  /** The state, at most a second old. */
  public State state() {
    State known = last;
    Instant now = Instant.now();
    if (known.at().plus(KEPT).isAfter(now)) {
      return known;
    }
    State asked = ask(now);
    last = asked;
    return asked;
  }

  private State ask(Instant now) {
    StringBuilder failed = new StringBuilder();
    checks.forEach(
        (name, check) -> {
          if (!works(name, check)) {
            failed.append(failed.isEmpty() ? "not ready: " : ", ").append(name);
          }
        });
    return new State(failed.isEmpty(), failed.isEmpty() ? "ready" : failed.toString(), now);
  }

  private static boolean works(String name, Check check) {
    try {
      check.run();
      return true;
    } catch (Exception failure) {
      System.getLogger(Health.class.getName())
          .log(System.Logger.Level.WARNING, name + " does not work: " + failure);
      return false;
    }
  }
}
