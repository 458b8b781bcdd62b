package dev.lakebed.clients;

import dev.lakebed.support.LakebedProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Keycloak in development mode, in memory, with the realm {@code lake}, on a loopback port. */
final class KeycloakProcess implements AutoCloseable {
  static final String ADMIN = "admin";
  static final String PASSWORD = "admin-password-of-the-tests";

  private static final Duration START_LIMIT = Duration.ofMinutes(10);
  private static final Path UNPACKED = Path.of("target/keycloak");
  private static final Path REALM = Path.of("src/test/resources/keycloak/lake-realm.json");

  private final Process process;
  private final URI root;

  private KeycloakProcess(Process process, URI root) {
    this.process = process;
    this.root = root;
  }

  /** Starts it and waits until the realm is there. The first start takes longer: it builds. */
  static KeycloakProcess start() throws IOException, InterruptedException {
    int port = LakebedProcess.freePort();
    Path home = home();
    Path realms = Files.createDirectories(home.resolve("data/import"));
    Files.write(realms.resolve("lake-realm.json"), Files.readAllBytes(REALM));
    List<String> command =
        List.of(
            "bash",
            home.resolve("bin/kc.sh").toString(),
            "start-dev",
            "--import-realm",
            "--db=dev-mem",
            "--cache=local",
            "--http-host=127.0.0.1",
            "--http-port=" + port);
    Path logs = Files.createDirectories(Path.of("target/server-logs"));
    Path log = Files.createTempFile(logs, "keycloak-", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().keySet().removeIf(name -> name.matches("(KC|KEYCLOAK|QUARKUS)_.*"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("JAVA_OPTS_KC_HEAP", "-Xmx640m");
    builder.environment().put("JAVA_OPTS_APPEND", "--add-opens=java.base/java.lang=ALL-UNNAMED");
    builder.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", ADMIN);
    builder.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", PASSWORD);
    Process process = builder.start();
    URI root = URI.create("http://127.0.0.1:" + port);
    URI ready = root.resolve("/realms/lake/.well-known/openid-configuration");
    LakebedProcess.awaitReady(process, ready, log, START_LIMIT);
    return new KeycloakProcess(process, root);
  }

  private static Path home() throws IOException {
    try (Stream<Path> folders = Files.list(UNPACKED)) {
      return folders.findFirst().orElseThrow().toAbsolutePath();
    }
  }

  /** The issuer of the realm's tokens. */
  URI issuer() {
    return root.resolve("/realms/lake");
  }

  URI root() {
    return root;
  }

  @Override
  public void close() {
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    all.forEach(ProcessHandle::destroy);
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        all.forEach(ProcessHandle::destroyForcibly);
      }
    } catch (InterruptedException interrupted) {
      all.forEach(ProcessHandle::destroyForcibly);
      Thread.currentThread().interrupt();
    }
  }
}
