package dev.lakebed.packaging;

import dev.lakebed.support.LakebedProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A domain of its own on the full Payara Server, administered by asadmin. */
final class PayaraDomain implements AutoCloseable {
  private static final String NAME = "lakebed";
  private static final int ADMIN = 48;
  private static final int HTTP = 80;
  private static final int LIMIT_MINUTES = 5;

  private final Path home;
  private final Path directory;
  private final int portBase;
  private final Map<String, String> variables;

  /**
   * Makes and starts the domain.
   *
   * @param home where the distribution was unpacked
   * @param variables environment of the server
   */
  PayaraDomain(Path home, Path directory, Map<String, String> variables)
      throws IOException, InterruptedException {
    this.home = home;
    this.directory = directory;
    this.variables = variables;
    this.portBase = LakebedProcess.freePort() / 2 + 2000;
    asadmin(
        "create-domain",
        "--nopassword",
        "--portbase",
        Integer.toString(portBase),
        "--domaindir",
        directory.toString(),
        NAME);
    asadmin("start-domain", "--domaindir", directory.toString(), NAME);
  }

  void deploy(Path war) throws IOException, InterruptedException {
    asadmin(
        "--port",
        Integer.toString(portBase + ADMIN),
        "deploy",
        "--contextroot",
        "/",
        war.toAbsolutePath().toString());
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + (portBase + HTTP));
  }

  private void asadmin(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                LakebedProcess.javaCommand(),
                "-jar",
                home.resolve("glassfish/lib/client/appserver-cli.jar").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    Path output = directory.resolve("asadmin.txt");
    builder.redirectOutput(output.toFile());
    builder.environment().put("AS_JAVA", System.getProperty("java.home"));
    builder.environment().putAll(variables);
    Process process = builder.start();
    if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IOException("asadmin " + arguments[0] + " takes too long");
    }
    if (process.exitValue() != 0) {
      throw new IOException(
          "asadmin " + String.join(" ", arguments) + ": " + Files.readString(output));
    }
  }

  @Override
  public void close() throws IOException {
    try {
      asadmin("stop-domain", "--domaindir", directory.toString(), NAME);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
