package dev.lakebed.support;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** A server of its own process, started as a user would start it, stopped by its pid. */
public final class LakebedProcess implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(5);
  private static final int LOWEST_PORT = 20_000;

  /** Where Linux begins to take ports for outgoing connections. */
  private static final int OUTGOING_PORTS = 32_768;

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Process process;
  private final URI endpoint;
  private final int icebergPort;
  private final Path log;
  private final Duration startTime;

  private LakebedProcess(
      Process process, URI endpoint, int icebergPort, Path log, Duration startTime) {
    this.process = process;
    this.endpoint = endpoint;
    this.icebergPort = icebergPort;
    this.log = log;
    this.startTime = startTime;
  }

  /** Runs {@code ./lakebed serve} and waits until it is ready. */
  public static LakebedProcess serve(Path data, List<String> options, Map<String, String> variables)
      throws IOException, InterruptedException {
    int port = freePort();
    int icebergPort = freePort();
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of("lakebed").toAbsolutePath().toString(),
                "serve",
                "--data",
                data.toString(),
                "--bind",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--iceberg-port",
                Integer.toString(icebergPort)));
    command.addAll(options);
    return start(command, port, icebergPort, variables);
  }

  /** Runs the uber-jar by {@code java -jar}, configured by variables only. */
  public static LakebedProcess uberJar(Path data, Map<String, String> variables)
      throws IOException, InterruptedException {
    return payaraMicro("target/lakebed-server.jar", List.of(), data, variables);
  }

  /** Runs Payara Micro with the WAR and the commands that it wants, configured by variables. */
  public static LakebedProcess war(Path data, Map<String, String> variables)
      throws IOException, InterruptedException {
    List<String> options =
        List.of(
            "--deploy",
            "target/ROOT.war",
            "--nohazelcast",
            "--prebootcommandfile",
            "payara/preboot.asadmin",
            "--postbootcommandfile",
            "payara/postboot.asadmin",
            "--postdeploycommandfile",
            "payara/postdeploy.asadmin");
    return payaraMicro("target/server/payara-micro.jar", options, data, variables);
  }

  private static LakebedProcess payaraMicro(
      String jar, List<String> options, Path data, Map<String, String> variables)
      throws IOException, InterruptedException {
    int port = freePort();
    Map<String, String> all = new HashMap<>(variables);
    all.put("LAKEBED_DATA", data.toString());
    List<String> command =
        new ArrayList<>(
            List.of(
                javaCommand(),
                "-Xmx512m",
                "-jar",
                Path.of(jar).toAbsolutePath().toString(),
                "--port",
                Integer.toString(port)));
    command.addAll(options);
    return start(command, port, 0, all);
  }

  private static LakebedProcess start(
      List<String> command, int port, int icebergPort, Map<String, String> variables)
      throws IOException, InterruptedException {
    Path logs = Files.createDirectories(Path.of("target/server-logs"));
    Path log = Files.createTempFile(logs, "server-", ".log");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(log.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("LAKEBED_"));
    builder.environment().put("LAKEBED_JAVA_HOME", System.getProperty("java.home"));
    // Whoever edits sources meanwhile wants no build in the middle of the tests.
    builder.environment().put("LAKEBED_REBUILD", "false");
    builder.environment().put("LAKEBED_JAVA_OPTS", Way.ofThisRun().option());
    builder.environment().putAll(variables);
    Instant began = Instant.now();
    Process process = builder.start();
    URI endpoint = URI.create("http://127.0.0.1:" + port);
    awaitReady(process, endpoint.resolve("/-/health/ready"), log);
    return new LakebedProcess(
        process, endpoint, icebergPort, log, Duration.between(began, Instant.now()));
  }

  /** Waits until a process that was started just now answers its readiness route with 200. */
  public static void awaitReady(Process process, URI ready, Path log)
      throws IOException, InterruptedException {
    awaitReady(process, ready, log, START_LIMIT);
  }

  /** The same for a server that may take longer. */
  public static void awaitReady(Process process, URI ready, Path log, Duration limit)
      throws IOException, InterruptedException {
    Instant began = Instant.now();
    while (!isReady(ready)) {
      if (!process.isAlive()) {
        throw new IOException("the server ended: " + Files.readString(log));
      }
      if (Instant.now().isAfter(began.plus(limit))) {
        process.destroyForcibly();
        throw new IOException("the server is not ready: " + Files.readString(log));
      }
      process.waitFor(50, TimeUnit.MILLISECONDS);
    }
  }

  private static boolean isReady(URI ready) throws InterruptedException {
    try {
      return HTTP.send(
                  HttpRequest.newBuilder(ready).timeout(Duration.ofSeconds(5)).build(),
                  HttpResponse.BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException notListening) {
      return false;
    }
  }

  /** The java of this test run. */
  public static String javaCommand() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /**
   * A port that was free a moment ago. Not one that outgoing connections get, since one of those,
   * even the question whether the server is ready, could have taken it when the server opens it.
   */
  public static int freePort() throws IOException {
    int port;
    do {
      port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, OUTGOING_PORTS);
    } while (!isFree(port));
    return port;
  }

  private static boolean isFree(int port) throws IOException {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (BindException taken) {
      return false;
    }
  }

  /** Where S3, STS, IAM and S3 Tables answer. */
  public URI endpoint() {
    return endpoint;
  }

  /** Where the Iceberg REST catalog answers; 0 when nowhere. */
  public int icebergPort() {
    return icebergPort;
  }

  /** Process id of the server. */
  public long pid() {
    return process.pid();
  }

  /** From the start of the process to the first 200 of the readiness route. */
  public Duration startTime() {
    return startTime;
  }

  /** What the server printed. */
  public String output() throws IOException {
    return Files.readString(log);
  }

  /** How it ended. */
  public int exitCode() {
    return process.exitValue();
  }

  /** Ends it as a power cut would, without any chance to clean up. */
  public void killHard() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** Ends it as Ctrl-C would; returns whether it ended by itself in time. */
  public boolean stop() throws InterruptedException {
    process.destroy();
    return process.waitFor(60, TimeUnit.SECONDS);
  }

  /** Ends it, by force if it does not end by itself. */
  @Override
  public void close() {
    try {
      if (!stop()) {
        killHard();
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
