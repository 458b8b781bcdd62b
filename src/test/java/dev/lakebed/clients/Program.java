package dev.lakebed.clients;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A client program that runs once, with the variables given and no AWS settings of its user. */
final class Program {
  private static final int MINUTES = 10;

  /** What a program printed and its exit code. */
  record Outcome(int code, String output) {}

  private Program() {}

  /** Whether it can be started and exits with 0. */
  static boolean works(Path scratch, String... command) throws IOException, InterruptedException {
    try {
      return run(scratch, Map.of("AWS_DEFAULT_REGION", "us-east-1"), command).code() == 0;
    } catch (IOException notInstalled) {
      return false;
    }
  }

  /** Runs it to its end. */
  static Outcome run(Path scratch, Map<String, String> variables, String... command)
      throws IOException, InterruptedException {
    Path log = Files.createTempFile(scratch, "program-", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(List.of(command)).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    builder.environment().put("AWS_EC2_METADATA_DISABLED", "true");
    builder.environment().putAll(variables);
    Process process = builder.start();
    if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly().waitFor();
    }
    return new Outcome(process.exitValue(), Files.readString(log));
  }
}
