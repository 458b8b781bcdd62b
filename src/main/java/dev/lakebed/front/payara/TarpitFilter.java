package dev.lakebed.front.payara;

import dev.lakebed.auth.sigv4.CredentialScope.ClaimedKey;
import dev.lakebed.front.limit.ConnectionShares;
import dev.lakebed.front.limit.Tarpit;
import dev.lakebed.http.QueryParameters;
import dev.lakebed.http.RawTarget.MalformedTargetException;
import java.util.Optional;
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
      return ClaimedKey.of(
          Optional.ofNullable(request.getHeader("authorization")),
          query == null ? QueryParameters.NONE : QueryParameters.parse(query),
          Optional.empty());
    } catch (MalformedTargetException unreadable) {
      return Optional.empty();
    }
  }
}
