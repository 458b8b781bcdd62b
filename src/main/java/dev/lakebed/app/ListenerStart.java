package dev.lakebed.app;

import dev.lakebed.app.StartEnd.Container;
import dev.lakebed.app.StartEnd.StartFailure;
import dev.lakebed.front.payara.Opening;
import dev.lakebed.ops.ListenerSetting;
import dev.lakebed.ops.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The end of a start: every listener that the settings ask for is open, or the start failed. */
final class ListenerStart {
  /** Looks, ten a second, that listeners may take. */
  private static final int PATIENCE = 600;

  private ListenerStart() {}

  /** Says that the server is ready; ends it when a listener cannot be opened. */
  static Opening watch(Settings settings, Path data, StartLog log) {
    List<ListenerSetting> wanted = ListenerSetting.of(settings.listeners());
    return new Opening(
        Container.isPayaraMicro()
            ? wanted.stream().map(ListenerSetting::name).collect(Collectors.toSet())
            : Set.of(),
        PATIENCE,
        () -> log.say(Banner.ready(settings, data)),
        (closed, reason) -> StartEnd.failed(failure(wanted, closed, reason)));
  }

  /**
   * Names the first that is closed: they are opened in this order, and those behind it may be open
   * by now.
   */
  static StartFailure failure(List<ListenerSetting> wanted, Set<String> closed, String reason) {
    ListenerSetting first =
        wanted.stream()
            .filter(listener -> closed.contains(listener.name()))
            .findFirst()
            .orElseThrow();
    return new StartFailure(
        StartFailure.CANNOT_START,
        List.of(first.obstacle().orElseGet(() -> first.cannotListen(reason))));
  }
}
