package dev.lakebed.front.payara;

import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.FilterChainEvent;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpEvents;
import org.glassfish.grizzly.http.HttpHeader;

/**
 * Makes an offer of another protocol an ordinary header field (RFC 9110, section 7.8, lets a server
 * ignore it). The server itself would take what follows the header for the other protocol: nothing
 * then tells it where the body ends.
 */
final class UpgradeIgnored extends BaseFilter {
  private static final String FIELD = "upgrade";

  @Override
  public NextAction handleEvent(FilterChainContext context, FilterChainEvent event) {
    if (!(event instanceof HttpEvents.IncomingHttpUpgradeEvent offered)) {
      return context.getInvokeAction();
    }
    HttpHeader header = offered.getHttpHeader();
    header.setIgnoreContentModifiers(false);
    String offer = header.getUpgrade();
    header.getUpgradeDC().recycle();
    // A signature may cover it.
    header.getHeaders().setValue(FIELD).setString(offer);
    return context.getStopAction();
  }
}
