package dev.lakebed.front.payara;

import dev.lakebed.front.limit.ConnectionShares;
import dev.lakebed.front.limit.Shares;
import java.net.InetSocketAddress;
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

  private final ConnectionShares shares;

  ConnectionLimit(ConnectionShares shares) {
    this.shares = shares;
  }

  /** For whom a connection that was let in counts. */
  static String holder(Connection<?> connection) {
    String holder = HOLDER.get(connection);
    return holder == null ? Shares.NOBODY : holder;
  }

  @Override
  public NextAction handleAccept(FilterChainContext context) {
    Connection<?> connection = context.getConnection();
    String holder =
        connection.getPeerAddress() instanceof InetSocketAddress peer
            ? shares.holder(peer.getAddress())
            : Shares.NOBODY;
    if (!shares.connections().take(holder, 1)) {
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
      shares.connections().give(holder, 1);
    }
    return context.getInvokeAction();
  }
}
