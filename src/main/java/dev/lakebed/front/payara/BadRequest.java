package dev.lakebed.front.payara;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.EmptyCompletionHandler;
import org.glassfish.grizzly.WriteResult;
import org.glassfish.grizzly.memory.Buffers;
import org.jspecify.annotations.Nullable;

/** The answer to what is no HTTP, as Amazon S3 gives it; the connection ends with it. */
final class BadRequest {
  private static final String BODY =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>BadRequest</Code><Message>An error"
          + " occurred when parsing the HTTP request.</Message></Error>";

  private static final byte[] ANSWER =
      ("HTTP/1.1 400 Bad Request\r\nContent-Type: application/xml\r\nContent-Length: "
              + BODY.length()
              + "\r\nConnection: close\r\n\r\n"
              + BODY)
          .getBytes(US_ASCII);

  private BadRequest() {}

  static void send(Connection<?> connection) {
    @SuppressWarnings("unchecked") // a connection takes what its filters take
    Connection<Object> open = (Connection<Object>) connection;
    open.write(
        Buffers.wrap(connection.getMemoryManager(), ANSWER),
        new EmptyCompletionHandler<WriteResult<@Nullable Object, Object>>() {
          @Override
          public void completed(WriteResult<@Nullable Object, Object> written) {
            connection.closeSilently();
          }

          @Override
          public void failed(Throwable failure) {
            connection.terminateSilently();
          }
        });
  }
}
