package dev.lakebed.boot;

import dev.lakebed.edge.payara.Opening;
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

  /** Names the ports that are taken; all that are closed where none can be seen to be taken. */
  static StartFailure failure(List<ListenerSetting> wanted, Set<String> closed, String reason) {
    List<ListenerSetting> missing =
        wanted.stream().filter(listener -> closed.contains(listener.name())).toList();
    List<String> obstacles =
        missing.stream().flatMap(listener -> listener.obstacle().stream()).distinct().toList();
    return new StartFailure(
        StartFailure.CANNOT_START,
        obstacles.isEmpty()
            ? missing.stream().map(listener -> listener.cannotListen(reason)).toList()
            : obstacles);
  }
}
