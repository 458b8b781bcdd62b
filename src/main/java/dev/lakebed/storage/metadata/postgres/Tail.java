package dev.lakebed.storage.metadata.postgres;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Reads what a process prints, hands on each line and remembers the last ones. */
final class Tail {
  private static final int LINES = 40;

  private final Deque<String> lines = new ArrayDeque<>();
  private final CountDownLatch ended = new CountDownLatch(1);

  private Tail() {}

  static Tail follow(Process process, Consumer<String> onLine) {
    Tail tail = new Tail();
    Thread.ofPlatform()
        .name("postgres-output-" + process.pid())
        .daemon()
        .start(() -> tail.read(process, onLine));
    return tail;
  }

  private void read(Process process, Consumer<String> onLine) {
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        remember(line);
        onLine.accept(line);
      }
    } catch (IOException e) {
      remember("output lost: " + e.getMessage());
    } finally {
      ended.countDown();
    }
  }

  private synchronized void remember(String line) {
    if (lines.size() == LINES) {
      lines.removeFirst();
    }
    lines.addLast(line);
  }

  /** The last lines, after the output has ended or a second has passed. */
  String await() throws InterruptedException {
    if (!ended.await(1, TimeUnit.SECONDS)) {
      remember("(output still open)");
    }
    synchronized (this) {
      return String.join("\n", lines);
    }
  }
}
