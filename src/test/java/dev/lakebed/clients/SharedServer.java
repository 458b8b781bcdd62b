package dev.lakebed.clients;

import dev.lakebed.support.LakebedProcess;
import dev.lakebed.support.PrivateAuthority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives the tests of this package one server with TLS, {@link Identities} and an IAM API that takes
 * changes.
 */
final class SharedServer implements ParameterResolver {
  /**
   * The running server.
   *
   * @param process HTTP end point and process
   * @param https the same over TLS
   * @param authority certificate that signed the TLS certificate
   */
  record Endpoints(LakebedProcess process, URI https, Path authority) implements AutoCloseable {
    URI http() {
      return URI.create("http://localhost:" + process.endpoint().getPort());
    }

    @Override
    public void close() {
      process.close();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    return parameter.getParameter().getType() == Endpoints.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
    return test.getRoot()
        .getStore(ExtensionContext.Namespace.create(SharedServer.class))
        .getOrComputeIfAbsent(Endpoints.class, absent -> start(), Endpoints.class);
  }

  private static Endpoints start() {
    try {
      Path directory =
          Files.createTempDirectory(Files.createDirectories(Path.of("target")), "clients-");
      PrivateAuthority authority = PrivateAuthority.create(directory);
      int port = LakebedProcess.freePort();
      List<String> options =
          List.of(
              "--config",
              Identities.write(directory.resolve("lakebed.json")).toAbsolutePath().toString(),
              "--https-port",
              Integer.toString(port),
              "--tls-cert",
              authority.certificate().toAbsolutePath().toString(),
              "--tls-key",
              authority.key().toAbsolutePath().toString());
      return new Endpoints(
          LakebedProcess.serve(
              directory.resolve("data").toAbsolutePath(),
              options,
              Map.of("LAKEBED_IAM_READ_ONLY", "false")),
          URI.create("https://localhost:" + port),
          authority.authority().toAbsolutePath());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
