package dev.lakebed.edge.payara;

import java.io.IOException;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChain;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.FilterChainEvent;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpCodecFilter;
import org.glassfish.grizzly.http.HttpEvents;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.HttpServerFilter;

/**
 * Stands in the place of the server's HTTP codec, which it hands everything on to, and refuses a
 * head that is not exactly HTTP, or that does not come in time. It must be in the codec's place and
 * not before it, because only there requests that came in one piece are seen one by one.
 */
final class StrictHeads extends BaseFilter {
  /** The codec's own: the request that a connection is at. */
  private static final Attribute<HttpRequestPacket> CURRENT =
      Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute(
          HttpServerFilter.HTTP_SERVER_REQUEST_ATTR_NAME);

  private static final Attribute<Head> HEAD =
      Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute(StrictHeads.class.getName());

  /** A head of which a part has come. */
  private static final class Head {
    private final HeadScan scan = new HeadScan();
    private int scanned;
  }

  private final HttpCodecFilter codec;
  private final Deadlines deadlines;

  StrictHeads(HttpCodecFilter codec, Deadlines deadlines) {
    this.codec = codec;
    this.deadlines = deadlines;
  }

  @Override
  public NextAction handleAccept(FilterChainContext context) throws IOException {
    deadlines.expect(context.getConnection(), Deadlines.HEAD_SECONDS);
    return codec.handleAccept(context);
  }

  @Override
  public NextAction handleRead(FilterChainContext context) throws IOException {
    Connection<?> connection = context.getConnection();
    Head head = HEAD.get(connection);
    if (head == null && CURRENT.get(connection) != null) {
      return codec.handleRead(context);
    }
    if (head == null) {
      if (!skipEmptyLine(context)) {
        deadlines.expect(connection, Deadlines.HEAD_SECONDS);
        return context.getStopAction(context.getMessage());
      }
      head = new Head();
    }
    Buffer input = context.getMessage();
    switch (scan(head, input)) {
      case COMPLETE -> {
        HEAD.remove(connection);
        deadlines.met(connection);
      }
      case MORE -> {
        HEAD.set(connection, head);
        deadlines.expect(connection, Deadlines.HEAD_SECONDS);
      }
      case BAD -> {
        return refuse(context);
      }
    }
    return codec.handleRead(context);
  }

  /**
   * Takes one empty line before a request away, which old clients send behind a body (RFC 9112,
   * section 2.2).
   *
   * @return whether something follows that is to be read
   */
  private static boolean skipEmptyLine(FilterChainContext context) {
    Buffer input = context.getMessage();
    int at = input.position();
    if (input.remaining() == 1 && input.get(at) == '\r') {
      return false;
    }
    if (input.remaining() >= 2 && input.get(at) == '\r' && input.get(at + 1) == '\n') {
      // The codec counts from the start of the buffer, so what is left must be one of its own.
      context.setMessage(input.remaining() == 2 ? null : input.split(at + 2));
    }
    return context.getMessage() != null;
  }

  private static HeadScan.Verdict scan(Head head, Buffer input) {
    int start = input.position();
    int limit = input.limit();
    while (start + head.scanned < limit) {
      HeadScan.Verdict verdict = head.scan.next(input.get(start + head.scanned));
      head.scanned++;
      if (verdict != HeadScan.Verdict.MORE) {
        return verdict;
      }
    }
    return HeadScan.Verdict.MORE;
  }

  /** Nothing that this connection sends is looked at any more. */
  private NextAction refuse(FilterChainContext context) {
    Connection<?> connection = context.getConnection();
    deadlines.expect(connection, Deadlines.REST_SECONDS);
    NextAction deaf = context.getSuspendAction();
    BadRequest.send(connection);
    context.completeAndRecycle();
    return deaf;
  }

  @Override
  public NextAction handleEvent(FilterChainContext context, FilterChainEvent event)
      throws IOException {
    Connection<?> connection = context.getConnection();
    if (event.type() == HttpEvents.ResponseCompleteEvent.TYPE) {
      HttpRequestPacket request = CURRENT.get(connection);
      boolean rest = request != null && request.isExpectContent();
      deadlines.expect(connection, rest ? Deadlines.REST_SECONDS : Deadlines.IDLE_SECONDS);
    }
    return codec.handleEvent(context, event);
  }

  @Override
  public NextAction handleWrite(FilterChainContext context) throws IOException {
    return codec.handleWrite(context);
  }

  @Override
  public NextAction handleConnect(FilterChainContext context) throws IOException {
    return codec.handleConnect(context);
  }

  @Override
  public NextAction handleClose(FilterChainContext context) throws IOException {
    deadlines.met(context.getConnection());
    return codec.handleClose(context);
  }

  @Override
  public void exceptionOccurred(FilterChainContext context, Throwable failure) {
    codec.exceptionOccurred(context, failure);
  }

  @Override
  public void onAdded(FilterChain chain) {
    codec.onAdded(chain);
  }

  @Override
  public void onRemoved(FilterChain chain) {
    codec.onRemoved(chain);
  }

  @Override
  public void onFilterChainChanged(FilterChain chain) {
    codec.onFilterChainChanged(chain);
  }
}
