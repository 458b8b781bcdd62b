package dev.lakebed.support;

import dev.lakebed.iam.api.IamProtocol;
import dev.lakebed.operation.Operation;
import dev.lakebed.operation.Protocol;
import dev.lakebed.operation.Protocol.Kind;
import dev.lakebed.s3.testing.TestS3;
import dev.lakebed.sts.StsProtocol;
import dev.lakebed.tables.TablesProtocol;
import dev.lakebed.tables.TablesServices;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What the protocols declare, of services that nobody may call. */
public final class Registries {
  private static final List<Protocol> PROTOCOLS =
      List.of(
          new TestS3().protocol,
          new StsProtocol(
              () -> {
                throw new IllegalStateException("nobody asks");
              },
              null,
              null,
              null,
              Clock.systemUTC(),
              new StsProtocol.Federation(null, request -> "", () -> null, null)),
          new IamProtocol(() -> false, new IamProtocol.Services(null, null, null, null)),
          new TablesProtocol(
              new TablesServices("", null, null, null, null, null, null, null, null, null)));

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
