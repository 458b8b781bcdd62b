package dev.lakebed.front.payara;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.ssl.SSLUtils;

/**
 * Moves the request target into a header before the server decodes, normalises or refuses it, and
 * gives the server a harmless one. A copy of the header that a client sent is dropped.
 */
final class RawTargetFilter extends BaseFilter {
  private static final String SEEN = RawTargetFilter.class.getName();
  private static final AtomicLong NUMBERS = new AtomicLong();
  private static final ThreadLocal<Current> CURRENT = new ThreadLocal<>();

  /** The request that this thread is at work on. */
  private record Current(long number, Connection<?> connection, boolean awaitsContinue) {}

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
      CURRENT.set(new Current(number, context.getConnection(), ExpectRule.waits(request)));
      String query = request.getQueryString();
      String path = request.getRequestURI();
      String target = query == null ? path : path + "?" + query;
      Optional<String> tls = tlsVersion(context.getConnection());
      request.getHeaders().removeHeader(header);
      request
          .getHeaders()
          .setValue(header)
          .setString(new HookedTarget(number, tls, target).header());
      request.setRequestURI(replacement);
      request.setQueryString("");
    }
    return context.getInvokeAction();
  }

  /** The version of TLS that a connection has agreed on, as AWS writes it: a number. */
  private static Optional<String> tlsVersion(Connection<?> connection) {
    return Optional.ofNullable(SSLUtils.getSSLEngine(connection))
        .map(engine -> engine.getSession().getProtocol())
        .filter(protocol -> protocol.startsWith("TLSv"))
        .map(protocol -> protocol.substring("TLSv".length()))
        .map(version -> version.contains(".") ? version : version + ".0");
  }

  /** Ends the connection of a request, if this thread is still at work on it. */
  static boolean terminate(long number) {
    Optional<Current> current = current(number);
    current.ifPresent(found -> found.connection.terminateSilently());
    return current.isPresent();
  }

  /** Whether the client still waits for leave to send the body. */
  static boolean awaitsContinue(long number) {
    return current(number).filter(found -> found.awaitsContinue).isPresent();
  }

  /** Gives leave to send the body, if the client waits for it. */
  static void sendContinue(long number) {
    current(number)
        .filter(found -> found.awaitsContinue)
        .ifPresent(
            found -> {
              CURRENT.set(new Current(number, found.connection, false));
              ExpectRule.send(found.connection);
            });
  }

  private static Optional<Current> current(long number) {
    return Optional.ofNullable(CURRENT.get()).filter(found -> found.number == number);
  }
}
