package dev.lakebed.storage.metadata.postgres;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Runs short external commands. */
final class Command {
  private static final System.Logger LOG = System.getLogger(Command.class.getName());

  private Command() {}

  /**
   * Prepares a command with a clean environment: settings of the user's own PostgreSQL (PGDATA,
   * PGOPTIONS, locale) must not reach ours.
   */
  static ProcessBuilder prepare(Path directory, List<String> prefix, List<String> command) {
    List<String> all = new ArrayList<>(prefix);
    all.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(all).directory(directory.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
    builder.environment().put("LC_ALL", "C");
    builder.redirectErrorStream(true).redirectInput(new File("/dev/null"));
    return builder;
  }

  /** Runs to the end; a failure tells what the command printed. */
  static String run(ProcessBuilder builder, Duration limit) throws IOException {
    return await(builder, builder.start(), limit);
  }

  /** The same with a short text, less than a pipe holds, as standard input. */
  static void run(ProcessBuilder builder, String input, Duration limit) throws IOException {
    Process process = builder.redirectInput(ProcessBuilder.Redirect.PIPE).start();
    try (Writer writer = process.outputWriter(StandardCharsets.UTF_8)) {
      writer.write(input);
    } catch (IOException ended) {
      // Why it did not read says its output.
      LOG.log(Level.DEBUG, "{0} does not read: {1}", builder.command().getFirst(), ended);
    }
    await(builder, process, limit);
  }

  private static String await(ProcessBuilder builder, Process process, Duration limit)
      throws IOException {
    OutputTail output = OutputTail.follow(process, line -> {});
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new IOException(builder.command().getFirst() + " took longer than " + limit);
      }
      String text = output.await();
      if (process.exitValue() != 0) {
        throw new IOException(
            "%s failed (%d): %s"
                .formatted(String.join(" ", builder.command()), process.exitValue(), text));
      }
      return text;
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while running " + builder.command().getFirst(), e);
    }
  }

  static boolean succeeds(List<String> prefix, List<String> command) {
    try {
      run(prepare(Path.of("/"), prefix, command), Duration.ofSeconds(10));
      return true;
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "probe failed: {0}", e.getMessage());
      return false;
    }
  }

  /** Reads what a process prints, hands on each line and remembers the last ones. */
  static final class OutputTail {
    private static final int LINES = 40;

    private final Deque<String> lines = new ArrayDeque<>();
    private final CountDownLatch ended = new CountDownLatch(1);

    private OutputTail() {}

    static OutputTail follow(Process process, Consumer<String> onLine) {
      OutputTail tail = new OutputTail();
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
}
