package dev.lakebed.front.payara;

import dev.lakebed.front.limit.Shares;
import dev.lakebed.limit.ClientRate;
import java.io.IOException;
import java.util.Arrays;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.FilterChainEvent;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpCodecFilter;
import org.glassfish.grizzly.http.HttpEvents;
import org.glassfish.grizzly.http.HttpHeader;
import org.glassfish.grizzly.http.HttpPacket;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.HttpResponsePacket;
import org.glassfish.grizzly.http.HttpServerFilter;
import org.glassfish.grizzly.http.util.Header;

/**
 * Stands in the place of the server's HTTP codec, hands on what that looks at, and refuses a head
 * that is not exactly HTTP, or that does not come in time. It must be in the codec's place and not
 * before it, because only there requests that came in one piece are seen one by one.
 */
final class StrictHeads extends BaseFilter {
  /**
   * Most that is read with a head: what comes before anybody asked for it waits in memory. The
   * server would take the size of the system's buffer, which grows to megabytes.
   */
  static final int HEAD_READ_BYTES = 16 * 1024;

  /** Most that is read at once of a body that somebody asks for. */
  private static final int BODY_READ_BYTES = 64 * 1024;

  /** The codec's own: the request that a connection is at. */
  private static final Attribute<HttpRequestPacket> CURRENT =
      Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute(
          HttpServerFilter.HTTP_SERVER_REQUEST_ATTR_NAME);

  private static final Attribute<UnfinishedHead> HEAD =
      Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute(StrictHeads.class.getName());

  /** Set when the answer that ends a connection was written: what follows is not looked at. */
  private static final Attribute<Boolean> LAST_ANSWER =
      Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute(StrictHeads.class.getName() + ".last");

  /**
   * Reads in a second, for one client, of what is left of bodies whose request is answered: of 16
   * KiB each, a mebibyte at most.
   */
  private static final int REST_READS = 64;

  private final HttpCodecFilter codec;
  private final Deadlines deadlines;
  private final Shares memory;
  private final ClientRate rests = new ClientRate(REST_READS, System::nanoTime);

  StrictHeads(HttpCodecFilter codec, Deadlines deadlines, Shares memory) {
    this.codec = codec;
    this.deadlines = deadlines;
    this.memory = memory;
  }

  @Override
  public NextAction handleAccept(FilterChainContext context) {
    deadlines.expect(context.getConnection(), Deadlines.HEAD_SECONDS);
    readAtOnce(context.getConnection(), HEAD_READ_BYTES);
    return context.getInvokeAction();
  }

  /** Whoever sends bodies that nobody asks for again and again makes no work with them. */
  private boolean mayRest(Connection<?> connection) {
    String holder = ConnectionLimit.holder(connection);
    return holder.equals(Shares.NOBODY) || rests.permit(holder) >= 0;
  }

  private static void readAtOnce(Connection<?> connection, int bytes) {
    if (connection.getReadBufferSize() != bytes) {
      connection.setReadBufferSize(bytes);
    }
  }

  @Override
  public NextAction handleRead(FilterChainContext context) throws IOException {
    Connection<?> connection = context.getConnection();
    UnfinishedHead head = HEAD.get(connection);
    HttpRequestPacket current = CURRENT.get(connection);
    if (head == null && current != null) {
      if (!current.isSkipRemainder()) {
        readAtOnce(connection, BODY_READ_BYTES);
      } else if (!mayRest(connection)) {
        connection.terminateSilently();
        return context.getStopAction();
      }
      return codec.handleRead(context);
    }
    if (LAST_ANSWER.isSet(connection)) {
      // RFC 9112, section 9.6: no request after one that ends the connection.
      context.<Buffer>getMessage().tryDispose();
      return context.getStopAction();
    }
    if (head == null) {
      if (!skipEmptyLine(context)) {
        deadlines.expect(connection, Deadlines.HEAD_SECONDS);
        return context.getStopAction(context.getMessage());
      }
      head = new UnfinishedHead(memory, ConnectionLimit.holder(connection));
    }
    Buffer input = context.getMessage();
    return switch (head.scan(input)) {
      case COMPLETE -> {
        HEAD.remove(connection);
        HandshakeTurns.asked(connection);
        deadlines.met(connection);
        context.setMessage(head.followedBy(input, connection.getMemoryManager()));
        NextAction next = codec.handleRead(context);
        if (context.getMessage() instanceof HttpPacket part
            && part.getHttpHeader() instanceof HttpRequestPacket request
            && isLast(request)) {
          request.getProcessingState().setKeepAlive(false);
        }
        yield next;
      }
      case MORE -> {
        wait(head, connection, input);
        yield context.getStopAction();
      }
      case BAD -> refuse(context);
    };
  }

  /** RFC 9112, section 9.3. The codec knows {@code close} only as the whole of the first field. */
  private static boolean isLast(HttpRequestPacket request) {
    for (String options : request.getHeaders().values(Header.Connection)) {
      if (Arrays.stream(options.split(",", -1))
          .anyMatch(o -> o.strip().equalsIgnoreCase("close"))) {
        return true;
      }
    }
    return false;
  }

  /** A connection that is closed meanwhile finds the head to release, or is found closed here. */
  private void wait(UnfinishedHead head, Connection<?> connection, Buffer input) {
    HEAD.set(connection, head);
    deadlines.expect(connection, Deadlines.HEAD_SECONDS);
    if (!head.keep(input)) {
      connection.terminateSilently();
    }
    if (!connection.isOpen()) {
      head.release();
    }
  }

  /**
   * Takes one empty line before a request away, which old clients send behind a body (RFC 9112,
   * section 2.2); whether something follows.
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
      readAtOnce(connection, HEAD_READ_BYTES);
      deadlines.expect(connection, rest ? Deadlines.REST_SECONDS : Deadlines.IDLE_SECONDS);
    }
    return codec.handleEvent(context, event);
  }

  @Override
  public NextAction handleWrite(FilterChainContext context) throws IOException {
    Object message = context.getMessage();
    // The codec takes the content apart that it writes.
    HttpHeader head = message instanceof HttpPacket part ? part.getHttpHeader() : null;
    NextAction next = codec.handleWrite(context);
    if (head instanceof HttpResponsePacket answer
        && !answer.isAcknowledgement()
        && !answer.getProcessingState().isKeepAlive()) {
      LAST_ANSWER.set(context.getConnection(), true);
    }
    return next;
  }

  @Override
  public NextAction handleClose(FilterChainContext context) throws IOException {
    Connection<?> connection = context.getConnection();
    deadlines.met(connection);
    UnfinishedHead head = HEAD.remove(connection);
    if (head != null) {
      head.release();
    }
    return codec.handleClose(context);
  }
}
