package dev.lakebed.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process of its own runs out of memory, so that its end can be seen. */
class EndOfMemoryTest {
  /** What the process does: one thread wants too much, another would wait for ever. */
  static final class Greedy {
    private Greedy() {}

    public static void main(String[] arguments) throws InterruptedException {
      EndOfMemory.watchThreads();
      Runnable work = arguments[0].equals("caught") ? Greedy::caught : Greedy::take;
      if (arguments[0].equals("other")) {
        work =
            () -> {
              throw new IllegalStateException("not memory");
            };
      }
      Thread greedy = new Thread(work, "greedy");
      greedy.start();
      if (arguments[0].equals("other")) {
        greedy.join();
        System.exit(0);
      }
      new CountDownLatch(1).await();
    }

    /** As the edge, the timers and the committers have it: a failure that somebody catches. */
    private static void caught() {
      try {
        take();
      } catch (OutOfMemoryError failure) {
        EndOfMemory.endIfOutOf(new IllegalStateException(failure));
      }
    }

    private static void take() {
      List<byte[]> kept = new ArrayList<>();
      while (true) {
        kept.add(new byte[1 << 20]);
      }
    }
  }

  /** How a process ended and what it said. */
  private record End(int code, String output) {}

  private static End run(String how) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx16m",
                "-XX:+UseSerialGC",
                "-cp",
                place(EndOfMemory.class) + File.pathSeparator + place(Greedy.class),
                Greedy.class.getName(),
                how)
            .redirectErrorStream(true)
            .start();
    try {
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return new End(process.exitValue(), output);
    } finally {
      process.destroyForcibly();
    }
  }

  private static String place(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"caught", "uncaught"})
  void a_process_without_memory_ends_and_says_so_in_its_last_line(String how) throws Exception {
    End end = run(how);
    assertThat(end.code()).isEqualTo(EndOfMemory.EXIT_CODE);
    assertThat(end.output().lines().toList().getLast())
        .startsWith("lakebed: out of memory, the process ends");
  }

  @Test
  void another_failure_of_a_thread_ends_nothing_but_the_thread() throws Exception {
    End end = run("other");
    assertThat(end.code()).isZero();
    assertThat(end.output()).contains("Thread greedy ended", "not memory");
  }
}
