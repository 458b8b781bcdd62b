package dev.lakebed.edge.payara;

import dev.lakebed.auth.sigv4.ClaimedKey;
import dev.lakebed.edge.limit.ConnectionShares;
import dev.lakebed.edge.limit.Shares;
import dev.lakebed.edge.limit.Tarpit;
import dev.lakebed.wire.MalformedTargetException;
import dev.lakebed.wire.QueryParameters;
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

  private final Tarpit tarpit;
  private final Shares memory;
  private final Deadlines deadlines;

  TarpitFilter(ConnectionShares shares, Deadlines deadlines) {
    this.tarpit = shares.tarpit();
    this.memory = shares.heads();
    this.deadlines = deadlines;
  }

  @Override
  public NextAction handleRead(FilterChainContext context) {
    Connection<?> connection = context.getConnection();
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
    String network = ConnectionLimit.holder(connection);
    Optional<String> key = tarpit.mustWait(network) ? claimedKey(request) : Optional.empty();
    if (!tarpit.mustWait(network, key)) {
      request.setAttribute(SEEN, true);
      return context.getInvokeAction();
    }
    if (!memory.take(network, WAITING_BYTES)) {
      connection.terminateSilently();
      return context.getStopAction();
    }
    Turn turn = new Turn(context, network);
    request.setAttribute(SEEN, turn);
    deadlines.expect(connection, Deadlines.HEAD_SECONDS);
    context.suspend();
    tarpit.await(key.isPresent() ? network + " signed" : network, turn);
    return context.getSuspendAction();
  }

  private static Optional<String> claimedKey(HttpRequestPacket request) {
    try {
      String query = request.getQueryString();
      return ClaimedKey.of(
          Optional.ofNullable(request.getHeader("authorization")),
          query == null ? QueryParameters.NONE : QueryParameters.parse(query),
          Optional.empty());
    } catch (MalformedTargetException unreadable) {
      return Optional.empty();
    }
  }

  /** A request in the line. */
  private final class Turn implements Tarpit.Waiting {
    private final FilterChainContext context;
    private final Connection<?> connection;
    private final String network;

    Turn(FilterChainContext context, String network) {
      this.context = context;
      this.connection = context.getConnection();
      this.network = network;
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
      memory.give(network, WAITING_BYTES);
      deadlines.met(connection);
      return !hasLeft();
    }
  }
}
