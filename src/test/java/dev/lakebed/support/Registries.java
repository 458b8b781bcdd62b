package dev.lakebed.support;

import dev.lakebed.kit.TestServer;
import dev.lakebed.operation.Operation;
import dev.lakebed.operation.Protocol;
import dev.lakebed.operation.Protocol.Kind;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What the protocols declare. */
public final class Registries {
  private static final List<Protocol> PROTOCOLS =
      TestServer.inMemory().protocols().stream()
          .filter(protocol -> protocol.kind() != Kind.ICEBERG)
          .toList();

  private Registries() {}

  /** Names of the operations of one service; built are those that are so by some of their ways. */
  public static Stream<String> names(Kind service, boolean built) {
    Map<String, Boolean> found = new TreeMap<>();
    PROTOCOLS.stream()
        .filter(protocol -> protocol.kind() == service)
        .flatMap(protocol -> protocol.operations().stream())
        .forEach(each -> found.merge(each.name(), each.built(), Boolean::logicalOr));
    return found.keySet().stream().filter(name -> found.get(name) == built);
  }

  /** Names of all operations, built or not. */
  public static Stream<String> names() {
    return PROTOCOLS.stream()
        .flatMap(protocol -> protocol.operations().stream())
        .map(Operation::name)
        .distinct();
  }
}
