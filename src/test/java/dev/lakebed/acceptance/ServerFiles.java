package dev.lakebed.acceptance;

import dev.lakebed.support.LakebedProcess;
import dev.lakebed.support.PrivateAuthority;
import dev.lakebed.support.Way;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Chooses ports, a fresh data directory and a private certificate before Arquillian reads {@code
 * arquillian.xml}. It gives the endpoint to test methods; elsewhere Arquillian refuses parameters
 * that it does not know.
 */
final class ServerFiles implements BeforeAllCallback, ParameterResolver {
  static final String PORT = "acceptance.port";
  static final String TLS_PORT = "acceptance.tls.port";
  static final String DIRECTORY = "acceptance.directory";
  static final String AUTHORITY = "acceptance.authority";

  @Override
  public void beforeAll(ExtensionContext context)
      throws IOException, InterruptedException, GeneralSecurityException {
    if (System.getProperty(PORT) != null) {
      return;
    }
    Path directory =
        Files.createTempDirectory(Files.createDirectories(Path.of("target/acceptance")), "run-");
    int icebergPort = LakebedProcess.freePort();
    System.setProperty(PORT, Integer.toString(LakebedProcess.freePort()));
    System.setProperty(TLS_PORT, Integer.toString(LakebedProcess.freePort()));
    System.setProperty("acceptance.iceberg.port", Integer.toString(icebergPort));
    System.setProperty(DIRECTORY, directory.toString());
    System.setProperty("acceptance.way", Way.ofThisRun().option());
    List<String> commands = new ArrayList<>(Files.readAllLines(Path.of("payara/preboot.asadmin")));
    // The connector reads the port from the server's list of open listeners and needs one; a server
    // whose listeners do not open within a minute ends.
    commands.removeIf(command -> command.endsWith("-listener.enabled=false"));
    String listener =
        "set configs.config.server-config.network-config.network-listeners.network-listener.";
    commands.add(listener + "http-listener.address=127.0.0.1");
    commands.add(listener + "iceberg-listener.address=127.0.0.1");
    commands.add(listener + "iceberg-listener.port=" + icebergPort);
    commands.add(listener + "https-listener.address=127.0.0.1");
    PrivateAuthority authority = PrivateAuthority.create(directory);
    System.setProperty(AUTHORITY, authority.authority().toString());
    String ssl = "set configs.config.server-config.network-config.protocols.protocol.";
    commands.add(ssl + "https-listener.ssl.key-store=" + authority.store().toAbsolutePath());
    commands.add(ssl + "https-listener.ssl.cert-nickname=" + PrivateAuthority.SERVER);
    Files.write(directory.resolve("preboot.asadmin"), commands);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Endpoint.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return Endpoint.deployed();
  }
}
