package dev.lakebed.front.payara;

import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.http.HttpHeader;
import org.glassfish.grizzly.http.HttpProbe;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.memory.Buffers;

/**
 * Decides when {@code 100 Continue} is sent: when the body is first read, so that a request which
 * is refused from its head gets its final answer only. {@link StrictChunks} sees to it that a
 * chunked request is looked at before its body. Any other expectation is ignored, as Amazon S3
 * does.
 */
final class ExpectRule extends HttpProbe.Adapter {
  private static final String WAITS = ExpectRule.class.getName();
  private static final String CONTINUE = "100-continue";
  private static final String ANSWER = "HTTP/1.1 100 Continue\r\n\r\n";

  private final Method requiresAcknowledgement;

  ExpectRule() throws ReflectiveOperationException {
    requiresAcknowledgement =
        HttpRequestPacket.class.getDeclaredMethod("requiresAcknowledgement", boolean.class);
    requiresAcknowledgement.setAccessible(true);
  }

  @Override
  @SuppressWarnings("rawtypes")
  public void onHeaderParseEvent(Connection connection, HttpHeader header, int size) {
    if (!(header instanceof HttpRequestPacket request) || !request.requiresAcknowledgement()) {
      return;
    }
    try {
      requiresAcknowledgement.invoke(request, false);
    } catch (ReflectiveOperationException changed) {
      throw new IllegalStateException(changed);
    }
    if (CONTINUE.equalsIgnoreCase(request.getHeader("expect"))) {
      request.setAttribute(WAITS, true);
    }
  }

  /** Whether the client waits for leave to send the body. */
  static boolean waits(HttpRequestPacket request) {
    return request.getAttribute(WAITS) != null;
  }

  @SuppressWarnings({"unchecked", "rawtypes", "FutureReturnValueIgnored"}) // a failure closes it
  static void send(Connection connection) {
    connection.write(
        Buffers.wrap(connection.getMemoryManager(), ANSWER, StandardCharsets.US_ASCII));
  }
}
