package dev.lakebed.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * A Lakebed of its own, started by {@code ./lakebed serve} as a user would, with the IAM API open
 * for changes. Its data is gone after {@link #close}.
 *
 * @param endpoint how to reach it, with an administrator's keys
 * @param data its data directory
 */
record LakebedServer(Endpoint endpoint, Path data, ChildServer process) implements AutoCloseable {
  private static final Duration READY_LIMIT = Duration.ofMinutes(5);
  private static final int PAUSE_MILLIS = 100;

  /**
   * Starts it and waits until it is ready.
   *
   * @param parent where its directory is made
   */
  static LakebedServer start(Path parent) throws IOException, InterruptedException {
    return startIn(Files.createTempDirectory(parent.toAbsolutePath(), "bench-lakebed-"));
  }

  /** Starts another on the data of this one, whose process was stopped. */
  LakebedServer again() throws IOException, InterruptedException {
    return startIn(data.resolveSibling(""));
  }

  private static LakebedServer startIn(Path directory) throws IOException, InterruptedException {
    Path data = directory.resolve("data");
    int port = ChildServer.freePort();
    String secret = UUID.randomUUID().toString();
    List<String> command =
        List.of(
            "env",
            "LAKEBED_REBUILD=false",
            "LAKEBED_ACCESS_KEY=benchadministrator",
            "LAKEBED_SECRET_KEY=" + secret,
            Path.of("lakebed").toAbsolutePath().toString(),
            "serve",
            "--data",
            data.toString(),
            "--bind",
            "127.0.0.1",
            "--port",
            Integer.toString(port),
            "--iceberg-port",
            Integer.toString(ChildServer.freePort()));
    ChildServer process = ChildServer.start(command, directory, port);
    Endpoint endpoint =
        Endpoint.parse(
            "name=lakebed,url=http://127.0.0.1:%d,access=benchadministrator,secret=%s,pid=%d"
                .formatted(port, secret, process.pid()));
    LakebedServer server = new LakebedServer(endpoint, data, process);
    try {
      server.awaitReady();
    } catch (IOException | InterruptedException e) {
      server.close();
      throw e;
    }
    return server;
  }

  private void awaitReady() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + READY_LIMIT.toNanos();
    while (true) {
      try (Client client = new Client(endpoint)) {
        client.call(Outgoing.s3("GET", "/-/health/ready"));
        return;
      } catch (RefusedException notReady) {
        if (System.nanoTime() > deadline) {
          throw notReady;
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
