package dev.lakebed.storage.metadata.postgres;

import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

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

  /**
   * Runs to the end.
   *
   * @throws IOException when the command cannot be started, fails, or takes longer than {@code
   *     limit}; the message holds what it printed
   */
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
    Tail output = Tail.follow(process, line -> {});
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

  /** Whether a command runs and succeeds. */
  static boolean succeeds(List<String> command) {
    try {
      run(prepare(Path.of("/"), List.of(), command), Duration.ofSeconds(10));
      return true;
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "probe failed: {0}", e.getMessage());
      return false;
    }
  }
}
