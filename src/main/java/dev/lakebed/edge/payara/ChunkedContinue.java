package dev.lakebed.edge.payara;

import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.http.HttpHeader;
import org.glassfish.grizzly.http.HttpProbe;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.memory.Buffers;

/**
 * Sends {@code 100 Continue} for a chunked body as soon as the header is read. The server itself
 * waits for the first chunk before it looks at such a request, and a client that waits for the
 * interim answer without a limit, as botocore does on a new TLS connection, never sends one.
 */
final class ChunkedContinue extends HttpProbe.Adapter {
  private static final String ANSWER = "HTTP/1.1 100 Continue\r\n\r\n";

  private final Method requiresAcknowledgement;

  ChunkedContinue() throws ReflectiveOperationException {
    requiresAcknowledgement =
        HttpRequestPacket.class.getDeclaredMethod("requiresAcknowledgement", boolean.class);
    requiresAcknowledgement.setAccessible(true);
  }

  @Override
  @SuppressWarnings({"unchecked", "FutureReturnValueIgnored"}) // a failed write ends the connection
  public void onHeaderParseEvent(
      @SuppressWarnings("rawtypes") Connection connection, HttpHeader header, int size) {
    if (!(header instanceof HttpRequestPacket request)
        || !request.isChunked()
        || !request.requiresAcknowledgement()) {
      return;
    }
    try {
      requiresAcknowledgement.invoke(request, false);
    } catch (ReflectiveOperationException changed) {
      throw new IllegalStateException(changed);
    }
    connection.write(
        Buffers.wrap(connection.getMemoryManager(), ANSWER, StandardCharsets.US_ASCII));
  }
}
