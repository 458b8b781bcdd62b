package dev.lakebed.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.lakebed.limit.ClientRate;
import dev.lakebed.task.PeriodicTimer.Repeated;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Timers that go on, logs that stay short, and what counts as the end of memory. */
class TaskTest {
  private final AtomicLong clock = new AtomicLong();

  private void passSeconds(long seconds) {
    clock.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
  }

  @Test
  void a_timer_survives_whatever_its_work_throws() {
    assertThatCode(
            new Repeated(
                    "test",
                    () -> {
                      throw new IllegalStateException("once");
                    })
                ::run)
        .doesNotThrowAnyException();
    assertThatCode(
            new Repeated(
                    "test",
                    () -> {
                      throw new StackOverflowError();
                    })
                ::run)
        .doesNotThrowAnyException();
  }

  @Test
  void a_lack_of_memory_is_found_behind_other_failures() {
    Throwable wrapped = new IOException("commit failed", new OutOfMemoryError("Java heap space"));
    assertThat(EndOfMemory.isOutOf(new IllegalStateException(wrapped))).isTrue();
    assertThat(EndOfMemory.isOutOf(new IllegalStateException(new IOException("full")))).isFalse();
  }

  @Test
  void a_client_writes_so_many_lines_and_then_the_number_of_those_left_out() {
    ClientRate rate = new ClientRate(2, clock::get);
    for (int i = 0; i < 20; i++) {
      assertThat(rate.permit("a")).isZero();
    }
    for (int i = 0; i < 1000; i++) {
      assertThat(rate.permit("a")).isNegative();
    }
    assertThat(rate.permit("b")).as("another client").isZero();
    passSeconds(1);
    assertThat(rate.permit("a")).isEqualTo(1000);
    assertThat(rate.permit("a")).isZero();
    assertThat(rate.permit("a")).isNegative();
  }

  @Test
  void all_clients_together_are_bounded() {
    ClientRate rate = new ClientRate(2, clock::get);
    int written = 0;
    for (int i = 0; i < 100_000; i++) {
      if (rate.permit("client " + i) >= 0) {
        written++;
      }
    }
    assertThat(written).isEqualTo(200);
  }
}
