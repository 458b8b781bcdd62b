package dev.lakebed.front.payara;

import dev.lakebed.front.limit.ConnectionShares;
import dev.lakebed.front.limit.Tarpit;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;

/** A connection in the line of the {@link Tarpit}; the filter that put it there is run again. */
final class Turn implements Tarpit.Waiting {
  private final FilterChainContext context;
  private final Connection<?> connection;
  private final String network;
  private final int bytes;
  private final ConnectionShares shares;
  private final Deadlines deadlines;

  /**
   * Waits for nothing yet.
   *
   * @param bytes of memory that it takes while it waits
   */
  Turn(
      FilterChainContext context,
      String network,
      int bytes,
      ConnectionShares shares,
      Deadlines deadlines) {
    this.context = context;
    // The context is used for others afterwards.
    this.connection = context.getConnection();
    this.network = network;
    this.bytes = bytes;
    this.shares = shares;
    this.deadlines = deadlines;
  }

  /** Stands in a line; for want of memory the connection ends. */
  NextAction await(String line) {
    if (!shares.heads().take(network, bytes)) {
      connection.terminateSilently();
      return context.getStopAction();
    }
    deadlines.expect(connection, Deadlines.HEAD_SECONDS);
    NextAction suspended = context.getSuspendAction();
    context.suspend();
    shares.tarpit().await(line, this);
    return suspended;
  }

  @Override
  public boolean hasLeft() {
    return !connection.isOpen();
  }

  @Override
  public void goOn() {
    connection.getTransport().getWorkerThreadPool().execute(context::resume);
  }

  /** Gives back what was held while it waited; false when the client has left. */
  boolean take() {
    shares.heads().give(network, bytes);
    deadlines.met(connection);
    return !hasLeft();
  }
}
