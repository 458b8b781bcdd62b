package dev.lakebed.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.support.LakebedProcess;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A {@link StoreServer} in a process of its own. */
record StoreProcess(Process process, URI endpoint, String walked, Duration startTime)
    implements AutoCloseable {
  /** Starts it and waits until it has walked through the stores and serves. */
  static StoreProcess serve(Path data) throws IOException {
    Path logs = Files.createDirectories(Path.of("target/server-logs"));
    Path log = Files.createTempFile(logs, "stores-", ".log");
    List<String> command =
        List.of(
            LakebedProcess.javaCommand(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dsun.net.httpserver.nodelay=true",
            "-cp",
            classPath(),
            StoreServer.class.getName(),
            data.toString());
    Instant began = Instant.now();
    Process process = new ProcessBuilder(command).redirectError(log.toFile()).start();
    BufferedReader output = process.inputReader();
    String walked = "";
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith("walked ")) {
        walked = line;
      } else if (line.startsWith("port ")) {
        URI endpoint = URI.create("http://127.0.0.1:" + line.substring("port ".length()));
        return new StoreProcess(process, endpoint, walked, Duration.between(began, Instant.now()));
      }
    }
    process.destroyForcibly();
    throw new AssertionError("the stores are not whole: " + Files.readString(log));
  }

  /** Of this JVM; the console launcher has its own loader. */
  private static String classPath() {
    return StoreProcess.class.getClassLoader() instanceof URLClassLoader loader
        ? Arrays.stream(loader.getURLs())
            .map(URL::getPath)
            .collect(Collectors.joining(File.pathSeparator))
        : System.getProperty("java.class.path");
  }

  /** Cuts its power, and that of its database on that data if both are to go. */
  void killHard(Path data, boolean databaseToo) throws IOException, InterruptedException {
    List<ProcessHandle> database = Postgres.processes(data);
    assertThat(database).isNotEmpty();
    process.destroyForcibly().waitFor();
    if (databaseToo) {
      database.forEach(ProcessHandle::destroyForcibly);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor();
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
