package dev.lakebed.front.payara;

import dev.lakebed.auth.sigv4.CredentialScope;
import dev.lakebed.front.limit.ConnectionShares;
import dev.lakebed.front.limit.Tarpit;
import dev.lakebed.http.QueryParameters;
import dev.lakebed.http.RawTarget.MalformedTargetException;
import java.util.Optional;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpRequestPacket;

/**
 * Lets requests of the networks in the {@link Tarpit} wait for their turn, before the container
 * makes anything of them. They take no thread meanwhile, and what they take of memory is counted.
 */
final class TarpitFilter extends BaseFilter {
  private static final String SEEN = TarpitFilter.class.getName();

  /** What was read with the head, and what the codec made of it. */
  private static final int WAITING_BYTES = 2 * StrictHeads.HEAD_READ_BYTES;

  private final ConnectionShares shares;
  private final Tarpit tarpit;
  private final Deadlines deadlines;

  TarpitFilter(ConnectionShares shares, Deadlines deadlines) {
    this.shares = shares;
    this.tarpit = shares.tarpit();
    this.deadlines = deadlines;
  }

  @Override
  public NextAction handleRead(FilterChainContext context) {
    if (!(context.getMessage() instanceof HttpContent content)
        || !(content.getHttpHeader() instanceof HttpRequestPacket request)) {
      return context.getInvokeAction();
    }
    Object seen = request.getAttribute(SEEN);
    if (seen != null) {
      // Only once: more of the body comes with the same request.
      request.setAttribute(SEEN, true);
      return seen instanceof Turn turn && !turn.take()
          ? context.getStopAction()
          : context.getInvokeAction();
    }
    String network = ConnectionLimit.holder(context.getConnection());
    Optional<String> key = tarpit.mustWait(network) ? claimedKey(request) : Optional.empty();
    if (!tarpit.mustWait(network, key)) {
      request.setAttribute(SEEN, true);
      return context.getInvokeAction();
    }
    Turn turn = new Turn(context, network, WAITING_BYTES, shares, deadlines);
    request.setAttribute(SEEN, turn);
    return turn.await(key.isPresent() ? network + " signed" : network);
  }

  private static Optional<String> claimedKey(HttpRequestPacket request) {
    try {
      String query = request.getQueryString();
      return CredentialScope.claimedKey(
          Optional.ofNullable(request.getHeader("authorization")),
          query == null ? QueryParameters.NONE : QueryParameters.parse(query),
          Optional.empty());
    } catch (MalformedTargetException unreadable) {
      return Optional.empty();
    }
  }

  /**
   * A connection in the line of the {@link Tarpit}, with the memory that it takes meanwhile; the
   * filter that put it there is run again.
   */
  record Turn(
      FilterChainContext context,
      Connection<?> connection,
      String network,
      int bytes,
      ConnectionShares shares,
      Deadlines deadlines)
      implements Tarpit.Waiting {
    /** The context is used for others afterwards; the connection is kept beside it. */
    Turn(
        FilterChainContext context,
        String network,
        int bytes,
        ConnectionShares shares,
        Deadlines deadlines) {
      this(context, context.getConnection(), network, bytes, shares, deadlines);
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
}
