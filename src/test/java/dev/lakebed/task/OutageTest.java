package dev.lakebed.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.support.CapturedLog;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Work that is tried twice a second must not fill the log while the database is away. */
class OutageTest {
  private static final String NAME = "dev.lakebed.task.outage";

  private final AtomicLong nanos = new AtomicLong();
  private final Outage outage =
      new Outage(
          System.getLogger(NAME), "nothing is seen", IllegalStateException.class, nanos::get);

  @Test
  void outage_is_told_once_a_minute_and_so_is_its_end() {
    try (CapturedLog log = new CapturedLog(NAME)) {
      outage.worked();
      for (int second = 0; second < 130; second++) {
        outage.failed(new IllegalStateException("it is away"));
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
      }
      assertThat(log.lines()).hasSize(3).containsOnly("WARNING nothing is seen: it is away");
      outage.worked();
      outage.worked();
      assertThat(log.lines()).hasSize(4).last().isEqualTo("INFO nothing is seen: no longer");
    }
  }

  @Test
  void next_outage_is_told_at_once() {
    try (CapturedLog log = new CapturedLog(NAME)) {
      outage.failed(new IllegalStateException("one"));
      outage.worked();
      outage.failed(new IllegalArgumentException("two"));
      assertThat(log.lines())
          .containsExactly(
              "WARNING nothing is seen: one",
              "INFO nothing is seen: no longer",
              "WARNING nothing is seen");
    }
  }
}
