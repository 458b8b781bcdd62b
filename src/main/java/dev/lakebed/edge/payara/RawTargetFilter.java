package dev.lakebed.edge.payara;

import java.util.concurrent.atomic.AtomicLong;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpRequestPacket;

/**
 * Moves the request target into a header before the server decodes, normalises or refuses it, and
 * gives the server a harmless one. A copy of the header that a client sent is dropped.
 */
final class RawTargetFilter extends BaseFilter {
  private static final String SEEN = RawTargetFilter.class.getName();
  private static final AtomicLong NUMBERS = new AtomicLong();
  private static final ThreadLocal<Current> CURRENT = new ThreadLocal<>();

  /** The request that this thread is at work on. */
  private record Current(long number, Connection<?> connection) {}

  private final String header;
  private final String replacement;

  RawTargetFilter(String header, String replacement) {
    this.header = header;
    this.replacement = replacement;
  }

  @Override
  public NextAction handleRead(FilterChainContext context) {
    if (context.getMessage() instanceof HttpContent content
        && content.getHttpHeader() instanceof HttpRequestPacket request
        && request.getAttribute(SEEN) == null) {
      request.setAttribute(SEEN, true);
      long number = NUMBERS.incrementAndGet();
      CURRENT.set(new Current(number, context.getConnection()));
      String query = request.getQueryString();
      String path = request.getRequestURI();
      request.getHeaders().removeHeader(header);
      request
          .getHeaders()
          .setValue(header)
          .setString(
              new HookedTarget(
                      number,
                      TlsVersion.of(context.getConnection()),
                      query == null ? path : path + "?" + query)
                  .header());
      request.setRequestURI(replacement);
      request.setQueryString("");
    }
    return context.getInvokeAction();
  }

  /** Ends the connection of a request, if this thread is still at work on it. */
  static boolean terminate(long number) {
    Current current = CURRENT.get();
    if (current == null || current.number() != number) {
      return false;
    }
    current.connection().terminateSilently();
    return true;
  }
}
