package dev.lakebed.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.function.Executable;

/**
 * A bound on the time of one input of a fuzzer. JUnit's own would end the whole run. What never
 * ends is reported by the fuzzer after twenty minutes.
 */
public final class Prompt {
  private static final Duration MOST = Duration.ofSeconds(20);

  private Prompt() {}

  /** Runs it; fails when it took longer than 20 seconds. */
  public static void run(Executable input) throws Throwable {
    long began = System.nanoTime();
    input.execute();
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(MOST);
  }
}
