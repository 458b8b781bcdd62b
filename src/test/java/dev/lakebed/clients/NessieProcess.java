package dev.lakebed.clients;

import dev.lakebed.support.LakebedProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Nessie server with the documented settings, tables kept in memory, on a loopback port. */
final class NessieProcess implements AutoCloseable {
  private static final String SETTINGS = "docs/examples/nessie.properties";
  private static final String S3 = "-Dnessie.catalog.service.s3.default-options.";

  private final Process process;
  private final URI iceberg;

  private NessieProcess(Process process, URI iceberg) {
    this.process = process;
    this.iceberg = iceberg;
  }

  /** Starts it and waits until it is ready, which it is when it can reach its bucket. */
  static NessieProcess start(URI lakebed) throws IOException, InterruptedException {
    int port = LakebedProcess.freePort();
    int management = LakebedProcess.freePort();
    List<String> command =
        List.of(
            LakebedProcess.javaCommand(),
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            S3 + "endpoint=" + lakebed,
            S3 + "sts-endpoint=" + lakebed,
            "-Dnessie.version.store.type=IN_MEMORY",
            "-Dquarkus.http.host=127.0.0.1",
            "-Dquarkus.http.port=" + port,
            "-Dquarkus.management.host=127.0.0.1",
            "-Dquarkus.management.port=" + management,
            "-Dquarkus.otel.sdk.disabled=true",
            "-jar",
            Path.of("target/nessie/nessie.jar").toAbsolutePath().toString());
    Path logs = Files.createDirectories(Path.of("target/server-logs"));
    Path log = Files.createTempFile(logs, "nessie-", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().keySet().removeIf(name -> name.matches("(AWS|NESSIE|QUARKUS)_.*"));
    // Named by a variable, the file ranks below the system properties above.
    builder
        .environment()
        .put("QUARKUS_CONFIG_LOCATIONS", Path.of(SETTINGS).toAbsolutePath().toString());
    Process process = builder.start();
    URI ready = URI.create("http://127.0.0.1:" + management + "/q/health/ready");
    LakebedProcess.awaitReady(process, ready, log);
    return new NessieProcess(process, URI.create("http://127.0.0.1:" + port + "/iceberg"));
  }

  /** Where its Iceberg REST catalog answers. */
  URI iceberg() {
    return iceberg;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
