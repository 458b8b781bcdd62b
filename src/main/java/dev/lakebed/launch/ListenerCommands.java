package dev.lakebed.launch;

import dev.lakebed.ops.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Payara commands for what the static command files cannot know: addresses, ports, keys. */
final class ListenerCommands {
  private static final String NETWORK = "set configs.config.server-config.network-config.";

  private ListenerCommands() {}

  /** What the static file for the time after deployment cannot know. */
  static List<String> afterDeployment(Settings.Listeners listeners) {
    List<String> commands = new ArrayList<>();
    String listener = NETWORK + "network-listeners.network-listener.";
    if (listeners.httpsPort() != 0) {
      commands.add(listener + "https-listener.enabled=true");
    }
    if (listeners.icebergPort() != 0) {
      commands.add(listener + "iceberg-listener.enabled=true");
    }
    return commands;
  }

  static List<String> of(Settings.Listeners listeners, Path directory) throws IOException {
    List<String> commands = new ArrayList<>();
    String listener = NETWORK + "network-listeners.network-listener.";
    commands.add(listener + "http-listener.address=" + listeners.bind());
    if (listeners.icebergPort() != 0) {
      commands.add(listener + "iceberg-listener.address=" + listeners.bind());
      commands.add(listener + "iceberg-listener.port=" + listeners.icebergPort());
    }
    if (listeners.httpsPort() != 0) {
      commands.add(listener + "https-listener.address=" + listeners.bind());
      commands.add(listener + "https-listener.enabled=false");
      if (listeners.tls().isPresent()) {
        Path store = KeyStoreFile.write(listeners.tls().get(), directory);
        String ssl = NETWORK + "protocols.protocol.https-listener.ssl.";
        commands.add(ssl + "key-store=" + store);
        commands.add(ssl + "cert-nickname=" + KeyStoreFile.ALIAS);
      }
    }
    return commands;
  }
}
