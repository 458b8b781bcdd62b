package dev.lakebed.iam.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakebed.iam.api.IamRequest.LongReadings;
import dev.lakebed.limit.ServerBusyException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Reports of one account do not take the connections of all: docs/operations.md. */
class LongReadingsTest {
  private final LongReadings readings = new LongReadings();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch go = new CountDownLatch(1);
  private final AtomicInteger now = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();

  @AfterEach
  void stop() {
    go.countDown();
    threads.shutdown();
  }

  private Boolean read() {
    most.accumulateAndGet(now.incrementAndGet(), Math::max);
    try {
      go.await();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
    now.decrementAndGet();
    return true;
  }

  @Test
  void an_account_has_one_at_a_time_and_others_do_not_wait_for_it() throws Exception {
    List<Future<Boolean>> all = new ArrayList<>();
    for (int i = 0; i < LongReadings.WAITING; i++) {
      all.add(threads.submit(() -> readings.inTurn("a", this::read)));
    }
    while (now.get() == 0) {
      Thread.onSpinWait();
    }
    assertThat(readings.inTurn("b", () -> true)).isTrue();
    go.countDown();
    for (Future<Boolean> one : all) {
      assertThat(one.get()).isTrue();
    }
    assertThat(most).hasValue(1);
  }

  @Test
  void more_than_may_wait_are_told_to_come_again() {
    AtomicInteger refused = new AtomicInteger();
    while (refused.get() == 0) {
      threads.execute(
          () -> {
            try {
              readings.inTurn("a", this::read);
            } catch (ServerBusyException busy) {
              refused.incrementAndGet();
            }
          });
      Thread.yield();
    }
    assertThatThrownBy(() -> readings.inTurn("a", () -> true))
        .isInstanceOf(ServerBusyException.class);
    assertThat(most).hasValue(1);
  }

  @Test
  void one_that_fails_gives_its_turn_back() {
    assertThatThrownBy(
            () ->
                readings.inTurn(
                    "a",
                    () -> {
                      throw new IllegalStateException("x");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(readings.inTurn("a", () -> true)).isTrue();
  }
}
