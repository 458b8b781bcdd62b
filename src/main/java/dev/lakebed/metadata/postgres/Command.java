package dev.lakebed.metadata.postgres;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs short external commands. */
final class Command {
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
    Process process = builder.start();
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
      System.getLogger(Command.class.getName())
          .log(System.Logger.Level.DEBUG, "probe failed: {0}", e.getMessage());
      return false;
    }
  }
}
