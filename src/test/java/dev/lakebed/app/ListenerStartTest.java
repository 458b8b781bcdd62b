package dev.lakebed.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.app.StartEnd.ListenerStart;
import dev.lakebed.app.StartEnd.StartFailure;
import dev.lakebed.ops.ListenerSetting;
import dev.lakebed.ops.Settings;
import dev.lakebed.support.LakebedProcess;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which port a start that failed names. */
class ListenerStartTest {
  private static List<ListenerSetting> wanted(int port, int icebergPort) {
    return ListenerSetting.of(
        new Settings.Listeners("127.0.0.1", port, 0, icebergPort, Optional.empty()));
  }

  /** By the time somebody looks, the server may have opened those behind the one that failed. */
  @Test
  void first_listener_that_is_closed_is_named_and_none_behind_it() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ServerSocket ours = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      StartFailure failure =
          ListenerStart.failure(
              wanted(taken.getLocalPort(), ours.getLocalPort()),
              Set.of("http-listener", "iceberg-listener"),
              "no reason");
      assertThat(failure.exitCode()).isEqualTo(StartFailure.CANNOT_START);
      assertThat(failure.sentences())
          .containsExactly(
              "cannot listen on 127.0.0.1 port %d: Address already in use; --port (LAKEBED_PORT)"
                      .formatted(taken.getLocalPort())
                  + " takes another");
    }
  }

  @Test
  void port_that_is_free_again_is_named_with_the_reason_of_the_server() throws Exception {
    int port = LakebedProcess.freePort();
    assertThat(
            ListenerStart.failure(
                    wanted(LakebedProcess.freePort(), port), Set.of("iceberg-listener"), "taken")
                .sentences())
        .containsExactly(
            "cannot listen on 127.0.0.1 port "
                + port
                + ": taken; --iceberg-port (LAKEBED_ICEBERG_PORT) takes another, or 0 for none");
  }
}
