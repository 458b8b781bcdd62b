package dev.lakebed.crash;

import dev.lakebed.support.LakebedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A {@code ./lakebed serve} that ended by itself.
 *
 * @param sentences the lines for the operator, without the program's name before them
 * @param output everything it printed
 */
record EndedStart(int exitCode, List<String> sentences, String output) {
  private static final String PREFIX = "lakebed: ";
  private static final int LIMIT_MINUTES = 4;

  /** What happens to the machine or to the process meanwhile. */
  @FunctionalInterface
  interface Event {
    void happen(Process process) throws IOException;
  }

  /** Starts it on free ports; options given here win. */
  static EndedStart serve(Path data, List<String> options, Map<String, String> variables)
      throws IOException, InterruptedException {
    return serve(data, options, variables, "", process -> {});
  }

  /** The same, with something that happens as soon as the server has printed these words. */
  static EndedStart serve(
      Path data, List<String> options, Map<String, String> variables, String words, Event event)
      throws IOException, InterruptedException {
    Path logs = Files.createDirectories(Path.of("target/server-logs"));
    Path log = Files.createTempFile(logs, "refused-", ".log");
    List<String> command =
        new ArrayList<>(List.of(Path.of("lakebed").toAbsolutePath().toString(), "serve"));
    command.addAll(List.of("--data", data.toString(), "--bind", "127.0.0.1"));
    command.addAll(List.of("--iceberg-port", Integer.toString(LakebedProcess.freePort())));
    if (!options.contains("--port")) {
      command.addAll(List.of("--port", Integer.toString(LakebedProcess.freePort())));
    }
    command.addAll(options);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(log.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("LAKEBED_"));
    builder.environment().put("LAKEBED_JAVA_HOME", System.getProperty("java.home"));
    // Whoever edits sources meanwhile wants no build in the middle of the tests.
    builder.environment().put("LAKEBED_REBUILD", "false");
    builder.environment().putAll(variables);
    Process process = builder.start();
    try {
      while (process.isAlive() && !Files.readString(log).contains(words)) {
        process.waitFor(20, TimeUnit.MILLISECONDS);
      }
      event.happen(process);
      if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
        throw new IOException("the server runs: " + Files.readString(log));
      }
    } finally {
      process.destroyForcibly();
    }
    String output = Files.readString(log);
    List<String> sentences =
        output
            .lines()
            .filter(line -> line.startsWith(PREFIX))
            .map(line -> line.substring(PREFIX.length()))
            .toList();
    return new EndedStart(process.exitValue(), sentences, output);
  }
}
