package dev.lakebed.front.payara;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.lakebed.front.limit.ConnectionShares;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.atomic.AtomicInteger;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.Filter;
import org.glassfish.grizzly.filterchain.FilterChainBuilder;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.HttpResponsePacket;
import org.glassfish.grizzly.http.HttpServerFilter;
import org.glassfish.grizzly.http.KeepAlive;
import org.glassfish.grizzly.http.Method;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.nio.transport.TCPNIOServerConnection;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;
import org.glassfish.grizzly.nio.transport.TCPNIOTransportBuilder;

/**
 * A listener with the filters of {@link GrizzlyHook}, which answers each request with "ok", a POST
 * without waiting for its body.
 */
final class LocalListener implements AutoCloseable {
  static final String REQUEST = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

  private static final int TIMEOUT_MILLIS = 60_000;

  private final TCPNIOTransport transport = TCPNIOTransportBuilder.newInstance().build();
  private final AtomicInteger answered = new AtomicInteger();
  private final int port;

  @SuppressWarnings("deprecation") // the constructor has no successor yet
  LocalListener(ConnectionShares shares, Deadlines deadlines, Filter... first) throws IOException {
    transport.setProcessor(
        FilterChainBuilder.stateless()
            .add(new BoundedReads())
            .addAll(first)
            .add(new ConnectionLimit(shares))
            .add(
                new StrictHeads(
                    new HttpServerFilter(true, 8192, new KeepAlive(), null),
                    deadlines,
                    shares.heads()))
            .add(new TarpitFilter(shares, deadlines))
            .add(new Answer())
            .build());
    TCPNIOServerConnection socket = transport.bind("127.0.0.1", 0);
    port = ((InetSocketAddress) socket.getLocalAddress()).getPort();
    transport.start();
  }

  private final class Answer extends BaseFilter {
    @Override
    public NextAction handleRead(FilterChainContext context) {
      HttpContent content = context.getMessage();
      HttpRequestPacket request = (HttpRequestPacket) content.getHttpHeader();
      if (content.isLast() || request.getMethod() == Method.POST) {
        HttpResponsePacket response = request.getResponse();
        response.setStatus(200);
        answered.incrementAndGet();
        response.setContentLength(2);
        context.write(
            response
                .httpContentBuilder()
                .content(Buffers.wrap(context.getMemoryManager(), "ok", US_ASCII))
                .last(true)
                .build());
        context.notifyDownstream(HttpServerFilter.RESPONSE_COMPLETE_EVENT);
      }
      return context.getStopAction();
    }
  }

  /** How many requests were answered, whether or not somebody reads it. */
  int answered() {
    return answered.get();
  }

  /** A connection from that address of the loopback network. */
  Socket connect(String from) throws IOException {
    Socket socket = new Socket();
    socket.bind(new InetSocketAddress(from, 0));
    socket.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MILLIS);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    return socket;
  }

  static void send(Socket socket, String text) throws IOException {
    try {
      socket.getOutputStream().write(text.getBytes(US_ASCII));
    } catch (SocketException closed) {
      // Who reads hears of it.
      return;
    }
  }

  /** Whether a request is answered; false when the connection is closed without a word. */
  static boolean isServed(Socket socket) throws IOException {
    send(socket, REQUEST);
    return isAnswered(socket);
  }

  /** Whether a request that was sent is answered. */
  static boolean isAnswered(Socket socket) throws IOException {
    StringBuilder answer = new StringBuilder();
    while (!answer.toString().endsWith("\r\n\r\nok")) {
      int b = read(socket);
      if (b < 0) {
        if (!answer.isEmpty()) {
          throw new IOException("closed after " + answer);
        }
        return false;
      }
      answer.append((char) b);
    }
    return answer.toString().startsWith("HTTP/1.1 200 ");
  }

  /** The first line of an answer. */
  static String line(Socket socket) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = read(socket); b >= 0 && b != '\r'; b = read(socket)) {
      line.append((char) b);
    }
    return line.toString();
  }

  /** The next byte, or -1 at the end of the connection, however it ended. */
  static int read(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read();
    } catch (SocketException reset) {
      return -1;
    }
  }

  @Override
  public void close() throws IOException {
    transport.shutdownNow();
  }
}
