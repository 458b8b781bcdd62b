package dev.lakebed.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One keep-alive connection to an endpoint, opened when first needed and again after a failure.
 * Used by one thread; {@link #close} may be called by another to end a call that hangs.
 */
final class Client implements Closeable {
  private static final int READ_BUFFER = 256 << 10;

  private final Endpoint endpoint;
  private Optional<Signer> signer;
  private final ByteBuffer in;
  private final ByteBuffer out = ByteBuffer.allocateDirect(32 << 10);
  private volatile Optional<Connection> connection = Optional.empty();
  private volatile boolean closed;

  Client(Endpoint endpoint) {
    this(endpoint, READ_BUFFER);
  }

  /** {@code readBuffer} is for thousands of connections, at least 32 KiB. */
  Client(Endpoint endpoint, int readBuffer) {
    this.in = ByteBuffer.allocateDirect(readBuffer);
    this.endpoint = endpoint;
    this.signer = endpoint.keys().map(this::signer);
  }

  /** Signs what follows with other keys. */
  void signAs(Keys keys) {
    signer = Optional.of(signer(keys));
  }

  private Signer signer(Keys keys) {
    return new Signer(keys, endpoint.region(), endpoint.hashBodies());
  }

  /**
   * Sends a request and reads the whole reply.
   *
   * @throws RefusedException for a status of 300 or more
   * @throws IOException when the connection fails or the reply is malformed
   */
  ReplyHead call(Outgoing request, BodySink sink) throws IOException {
    boolean kept = false;
    Connection current = connected();
    try {
      current.send(head(request), request.body().view());
      ReplyHead head = current.reader().head();
      boolean refused = head.status() >= 300;
      CapturedBody error = new CapturedBody();
      boolean bodiless = request.method().equals("HEAD");
      if (!bodiless) {
        current.reader().body(head, refused ? error : sink);
      }
      kept = !head.closes() && (bodiless || !head.endless());
      if (refused) {
        throw RefusedException.of(head, error.text());
      }
      return head;
    } finally {
      if (!kept) {
        drop();
      }
    }
  }

  ReplyHead call(Outgoing request) throws IOException {
    return call(request, BodySink.DISCARD);
  }

  /** Sends a request and answers the body as text. */
  String text(Outgoing request) throws IOException {
    CapturedBody body = new CapturedBody();
    call(request, body);
    return body.text();
  }

  /** Closes the connection for good: later calls fail. */
  @Override
  public void close() {
    closed = true;
    drop();
  }

  private Connection connected() throws IOException {
    if (closed) {
      throw new IOException("client is closed");
    }
    if (connection.isEmpty()) {
      connection = Optional.of(Connection.open(endpoint.address(), in, out));
    }
    return connection.orElseThrow();
  }

  private void drop() {
    connection.ifPresent(Connection::close);
    connection = Optional.empty();
  }

  private byte[] head(Outgoing request) {
    StringBuilder text = new StringBuilder(1024);
    text.append(request.method()).append(' ').append(request.target()).append(" HTTP/1.1\r\n");
    headers(request)
        .forEach((name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
    if (request.method().startsWith("P")) {
      text.append("content-length: ").append(request.body().length()).append("\r\n");
    }
    return text.append("\r\n").toString().getBytes(ISO_8859_1);
  }

  private Map<String, String> headers(Outgoing request) {
    if (signer.isPresent()) {
      return signer.get().headers(request, endpoint.host(), Instant.now());
    }
    Map<String, String> headers = new TreeMap<>(request.headers());
    headers.put("host", endpoint.host());
    return headers;
  }
}
