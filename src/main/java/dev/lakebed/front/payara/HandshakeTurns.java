package dev.lakebed.front.payara;

import dev.lakebed.front.limit.ConnectionShares;
import dev.lakebed.front.payara.TarpitFilter.Turn;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;

/**
 * Stands before TLS. The server's half of a handshake costs a signature, so who begins handshakes
 * and asks for nothing afterwards counts as refused, and the next ones of a network in the {@link
 * dev.lakebed.front.limit.Tarpit} wait for their turn.
 */
final class HandshakeTurns extends BaseFilter {
  private enum Stage {
    BEGUN,
    ASKED
  }

  private static final Attribute<Stage> STAGE =
      Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute(HandshakeTurns.class.getName());

  private static final Attribute<Turn> TURN =
      Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute(Turn.class.getName());

  private final ConnectionShares shares;
  private final Deadlines deadlines;

  HandshakeTurns(ConnectionShares shares, Deadlines deadlines) {
    this.shares = shares;
    this.deadlines = deadlines;
  }

  /** A whole head of a request came. */
  static void asked(Connection<?> connection) {
    STAGE.set(connection, Stage.ASKED);
  }

  @Override
  public NextAction handleRead(FilterChainContext context) {
    Connection<?> connection = context.getConnection();
    Turn taken = TURN.remove(connection);
    if (taken != null) {
      if (!taken.take()) {
        return context.getStopAction();
      }
      STAGE.set(connection, Stage.BEGUN);
      deadlines.expect(connection, Deadlines.HEAD_SECONDS);
    } else if (STAGE.get(connection) == null) {
      String network = ConnectionLimit.holder(connection);
      if (shares.tarpit().mustWait(network)) {
        Turn turn = new Turn(context, network, StrictHeads.HEAD_READ_BYTES, shares, deadlines);
        TURN.set(connection, turn);
        return turn.await(network);
      }
      STAGE.set(connection, Stage.BEGUN);
    }
    return context.getInvokeAction();
  }

  @Override
  public NextAction handleClose(FilterChainContext context) {
    Connection<?> connection = context.getConnection();
    if (STAGE.get(connection) == Stage.BEGUN) {
      shares.tarpit().refused(ConnectionLimit.holder(connection));
    }
    return context.getInvokeAction();
  }
}
