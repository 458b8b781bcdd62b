package dev.lakebed.app.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.app.launch.PayaraLauncher.ListenerCommands;
import dev.lakebed.ops.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which ports open: what serves nothing stays closed. */
class ListenerCommandsTest {
  private static final String LISTENER =
      "set configs.config.server-config.network-config.network-listeners.network-listener.";

  @TempDir private Path directory;

  private static Settings.Listeners listeners(int icebergPort) {
    return new Settings.Listeners("127.0.0.1", 8333, 0, icebergPort, Optional.empty());
  }

  /** The file before deployment makes the listener, and closes it in the same breath. */
  @Test
  void the_port_of_the_catalog_stays_closed_where_nobody_names_one() throws Exception {
    List<String> before = Files.readAllLines(Path.of("payara/preboot.asadmin"));
    assertThat(before).contains(LISTENER + "iceberg-listener.enabled=false");
    assertThat(ListenerCommands.of(listeners(0), directory))
        .noneMatch(command -> command.contains("iceberg"));
    assertThat(ListenerCommands.afterDeployment(listeners(0))).isEmpty();
  }

  @Test
  void the_port_of_the_catalog_opens_after_deployment_where_somebody_names_one() throws Exception {
    assertThat(ListenerCommands.of(listeners(8181), directory))
        .contains(
            LISTENER + "iceberg-listener.address=127.0.0.1",
            LISTENER + "iceberg-listener.port=8181");
    assertThat(ListenerCommands.afterDeployment(listeners(8181)))
        .containsExactly(LISTENER + "iceberg-listener.enabled=true");
  }
}
