package dev.lakebed.iam.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.limit.ServerBusyException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class PasswordHashTest {
  private static final int CALLERS = 100;

  /** A hash costs a processor a fifth of a second; a hundred at once cost everybody all of them. */
  @Test
  void few_wait_while_one_is_computed_and_the_others_are_refused() throws Exception {
    CyclicBarrier together = new CyclicBarrier(CALLERS);
    List<Future<Boolean>> outcomes = new ArrayList<>();
    try (ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
      for (int i = 0; i < CALLERS; i++) {
        outcomes.add(
            callers.submit(
                () -> {
                  together.await();
                  return isComputed();
                }));
      }
    }
    int computed = 0;
    for (Future<Boolean> outcome : outcomes) {
      computed += outcome.get() ? 1 : 0;
    }
    assertThat(computed).isBetween(1, CALLERS / 2);
    assertThat(isComputed()).as("afterwards").isTrue();
  }

  private static boolean isComputed() {
    try {
      String hash = PasswordHash.of("correct horse");
      assertThat(hash).startsWith("600000$");
      return true;
    } catch (ServerBusyException busy) {
      return false;
    }
  }
}
