package dev.lakebed.attack;

import dev.lakebed.support.LakebedProcess;
import dev.lakebed.support.PrivateAuthority;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The one server that all tests of this package attack, with request logging on and IAM open to
 * changes.
 */
final class Target implements AutoCloseable {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(Target.class);

  private final Path data;
  private final LakebedProcess process;
  private final URI tls;
  private final Set<String> secrets = ConcurrentHashMap.newKeySet();

  private Target(Path data, LakebedProcess process, URI tls) {
    this.data = data;
    this.process = process;
    this.tls = tls;
    secrets.addAll(
        List.of(Users.OWNER.secret(), Users.OUTSIDER.secret(), Users.NEIGHBOUR.secret()));
  }

  static Target of(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent("server", name -> start(), Target.class);
  }

  private static Target start() {
    try {
      Path data = Files.createTempDirectory("lakebed-attack-");
      Path config = Path.of("src/test/resources/config/attack.json").toAbsolutePath();
      String port = Integer.toString(LakebedProcess.freePort());
      PrivateAuthority authority =
          PrivateAuthority.create(Files.createTempDirectory("lakebed-attack-tls-"));
      LakebedProcess process =
          LakebedProcess.serve(
              data,
              List.of(
                  "--config",
                  config.toString(),
                  "--bucket",
                  Attack.BUCKET,
                  "--cors",
                  Attack.OPEN_TO_PAGES,
                  "--https-port",
                  port,
                  "--tls-cert",
                  authority.certificate().toString(),
                  "--tls-key",
                  authority.key().toString()),
              Map.of("LAKEBED_LOG_REQUESTS", "true", "LAKEBED_IAM_READ_ONLY", "false"));
      return new Target(data, process, URI.create("https://127.0.0.1:" + port));
    } catch (IOException | GeneralSecurityException failure) {
      throw new IllegalStateException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  LakebedProcess process() {
    return process;
  }

  /** The same server over TLS. */
  URI tls() {
    return tls;
  }

  Path data() {
    return data;
  }

  /** Remembers a secret that must not show up in any log. */
  void keepSecret(String secret) {
    secrets.add(secret);
  }

  /** The known secrets that the server's output or a text log below its data directory shows. */
  List<String> leaks() throws IOException {
    StringBuilder logs = new StringBuilder(process.output());
    Files.walkFileTree(
        data,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (isLog(file)) {
              logs.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
            return FileVisitResult.CONTINUE;
          }

          /** PostgreSQL replaces and removes files of its own all the time. */
          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            return failure instanceof NoSuchFileException
                ? FileVisitResult.CONTINUE
                : super.visitFileFailed(file, failure);
          }
        });
    String text = logs.toString();
    return secrets.stream().filter(text::contains).toList();
  }

  private static boolean isLog(Path file) {
    String name = file.getFileName().toString();
    return Files.isRegularFile(file) && (name.endsWith(".log") || name.endsWith(".txt"));
  }

  /** The logs of the whole package hold no secret: asked after the last test. */
  @Override
  public void close() throws IOException {
    List<String> leaks;
    try {
      leaks = leaks();
    } finally {
      process.close();
      delete();
    }
    if (!leaks.isEmpty()) {
      throw new AssertionError(leaks.size() + " secrets in the logs of the server");
    }
  }

  private void delete() throws IOException {
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
