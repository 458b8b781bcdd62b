package dev.lakebed.ops;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A listener that the settings ask for: what Payara Micro calls it, and the setting of its port.
 */
public record ListenerSetting(String name, Setting setting, String bind, int port) {
  public static List<ListenerSetting> of(Settings.Listeners listeners) {
    String bind = listeners.bind();
    return Stream.of(
            new ListenerSetting("http-listener", Setting.PORT, bind, listeners.port()),
            new ListenerSetting("https-listener", Setting.HTTPS_PORT, bind, listeners.httpsPort()),
            new ListenerSetting(
                "iceberg-listener", Setting.ICEBERG_PORT, bind, listeners.icebergPort()))
        .filter(listener -> listener.port() != 0)
        .toList();
  }

  /** Why the listener cannot be opened at the moment, in a sentence for the operator. */
  public Optional<String> obstacle() {
    try {
      InetAddress address = InetAddress.getByName(bind);
      Optional<String> notHere = refusal(address, 0);
      return notHere.isPresent()
          ? notHere.map(this::cannotBind)
          : refusal(address, port).map(this::cannotListen);
    } catch (UnknownHostException unknown) {
      return Optional.of(cannotBind("no such address"));
    }
  }

  private static Optional<String> refusal(InetAddress address, int port) {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(address, port));
      return Optional.empty();
    } catch (IOException refused) {
      return Optional.of(String.valueOf(refused.getMessage()));
    }
  }

  private String cannotBind(String reason) {
    return "cannot listen on address %s: %s; %s (%s) takes an address of this machine, or 0.0.0.0 for all"
        .formatted(bind, reason, Setting.BIND.option().orElseThrow(), Setting.BIND.variable());
  }

  /** The sentence for an operator whose port cannot be opened: which it is, and what helps. */
  public String cannotListen(String reason) {
    return "cannot listen on %s port %d: %s; %s (%s) takes another%s"
        .formatted(
            bind,
            port,
            reason,
            setting.option().orElseThrow(),
            setting.variable(),
            setting == Setting.PORT ? "" : ", or 0 for none");
  }
}
