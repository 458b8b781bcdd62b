package dev.lakebed.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One request that fails again and again must not fill the log; docs/operations.md. */
class FailureLogTest {
  private final Logger logger = Logger.getLogger("failure-log-test");
  private final List<LogRecord> records = new ArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          records.add(record);
        }

        @Override
        public void flush() {
          // Nothing is kept back.
        }

        @Override
        public void close() {
          // Nothing to close.
        }
      };
  private long nanos;
  private final FailureLog log = new FailureLog(System.getLogger("failure-log-test"), () -> nanos);

  @BeforeEach
  void listen() {
    logger.setUseParentHandlers(false);
    logger.addHandler(handler);
  }

  @AfterEach
  void stop() {
    logger.removeHandler(handler);
  }

  private long traces() {
    return records.stream().filter(record -> record.getThrown() != null).count();
  }

  private static IllegalStateException failure(String text) {
    return new IllegalStateException(text);
  }

  @Test
  void the_same_failure_has_its_stack_trace_once_and_few_lines() {
    for (int i = 0; i < 1000; i++) {
      log.add("request " + i + " failed", failure("number " + i));
    }
    assertThat(traces()).isEqualTo(1);
    assertThat(records).hasSize(11);
    assertThat(records.get(0).getMessage()).isEqualTo("request 0 failed");
    assertThat(records.get(1).getMessage())
        .startsWith("request 1 failed as before: java.lang.IllegalStateException: number 1, ")
        .contains("FailureLogTest.failure(");
  }

  @Test
  void after_a_while_there_is_a_stack_trace_again_and_how_much_was_left_out() {
    for (int i = 0; i < 100; i++) {
      log.add("request failed", failure("x"));
    }
    nanos += TimeUnit.SECONDS.toNanos(10);
    log.add("request failed", failure("x"));
    log.add("request failed", failure("x"));
    assertThat(traces()).isEqualTo(2);
    assertThat(records.getLast().getMessage()).endsWith(" (and 89 more before)");
  }

  @Test
  void a_failure_of_another_kind_is_told_from_it() {
    for (int i = 0; i < 100; i++) {
      log.add("request failed", failure("x"));
    }
    log.add("request failed", new ArithmeticException("other"));
    assertThat(records.getLast().getThrown()).hasMessage("other");
  }

  @Test
  void many_kinds_of_failures_together_are_bounded_too() {
    for (int i = 0; i < 1000; i++) {
      RuntimeException made = failure("x");
      made.setStackTrace(
          new StackTraceElement[] {new StackTraceElement("dev.lakebed.X", "m" + i, "X.java", 1)});
      log.add("request failed", made);
    }
    assertThat(traces()).isEqualTo(10);
    assertThat(records).hasSize(110);
  }

  @Test
  void a_message_from_outside_ends_no_line() {
    log.add("request 1 failed", failure("x"));
    log.add("request 2 failed", failure("a\nSEVERE b"));
    assertThat(records.getLast().getMessage()).contains("a?SEVERE b").doesNotContain("\n");
  }
}
