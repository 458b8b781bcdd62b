package dev.lakebed.app.launch;

import dev.lakebed.ops.ListenerSetting;
import dev.lakebed.ops.Setting;
import dev.lakebed.ops.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Payara commands for what the static command files cannot know: addresses, ports, keys. */
final class ListenerCommands {
  private static final String NETWORK = "set configs.config.server-config.network-config.";
  private static final String LISTENER = NETWORK + "network-listeners.network-listener.";

  private ListenerCommands() {}

  /** What the static file for the time after deployment cannot know. */
  static List<String> afterDeployment(Settings.Listeners listeners) {
    return ListenerSetting.of(listeners).stream()
        .filter(listener -> listener.setting() != Setting.PORT)
        .map(listener -> LISTENER + listener.name() + ".enabled=true")
        .toList();
  }

  static List<String> of(Settings.Listeners listeners, Path directory) throws IOException {
    List<String> commands = new ArrayList<>();
    commands.add(LISTENER + "http-listener.address=" + listeners.bind());
    if (listeners.icebergPort() != 0) {
      commands.add(LISTENER + "iceberg-listener.address=" + listeners.bind());
      commands.add(LISTENER + "iceberg-listener.port=" + listeners.icebergPort());
    }
    if (listeners.httpsPort() != 0) {
      commands.add(LISTENER + "https-listener.address=" + listeners.bind());
      commands.add(LISTENER + "https-listener.enabled=false");
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
