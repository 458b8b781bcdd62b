package dev.lakebed.edge.payara;

import dev.lakebed.edge.limit.ClientNetwork;
import dev.lakebed.edge.limit.Shares;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Predicate;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;

/** Closes connections above the share of their client before anything of them is read. */
final class ConnectionLimit extends BaseFilter {
  private static final Attribute<String> HOLDER =
      Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute(ConnectionLimit.class.getName());

  private final Shares connections;
  private final Predicate<String> unlimited;

  /** Those for whom {@code unlimited} says so stand for many clients: trusted proxies. */
  ConnectionLimit(Shares connections, Predicate<String> unlimited) {
    this.connections = connections;
    this.unlimited = unlimited;
  }

  @Override
  public NextAction handleAccept(FilterChainContext context) {
    Connection<?> connection = context.getConnection();
    String holder = client(connection).orElse(Shares.NOBODY);
    if (!connections.take(holder, 1)) {
      connection.terminateSilently();
      return context.getStopAction();
    }
    HOLDER.set(connection, holder);
    return context.getInvokeAction();
  }

  @Override
  public NextAction handleClose(FilterChainContext context) {
    String holder = HOLDER.remove(context.getConnection());
    if (holder != null) {
      connections.give(holder, 1);
    }
    return context.getInvokeAction();
  }

  private Optional<String> client(Connection<?> connection) {
    return connection.getPeerAddress() instanceof InetSocketAddress peer
        ? Optional.of(peer.getAddress().getHostAddress())
            .filter(address -> !unlimited.test(address))
            .map(ClientNetwork::of)
        : Optional.empty();
  }
}
