package dev.lakebed.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.lakebed.http.Headers;
import dev.lakebed.kit.Answer;
import dev.lakebed.kit.Message;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;

/** One TCP connection to the server. */
final class Link implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 120_000;

  private final Socket socket;
  private final InputStream in;

  Link(URI endpoint) throws IOException {
    socket = endpoint.getScheme().equals("https") ? TrustAll.socket() : new Socket();
    socket.connect(new InetSocketAddress(endpoint.getHost(), endpoint.getPort()), TIMEOUT_MILLIS);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    in = new BufferedInputStream(socket.getInputStream());
  }

  void send(byte[] bytes) throws IOException {
    try {
      socket.getOutputStream().write(bytes);
    } catch (SocketException refused) {
      // A server that refused early may have closed its side; its answer is still to be read.
      if (socket.isInputShutdown()) {
        throw refused;
      }
    }
  }

  /** So that what was sent arrives on its own. */
  void pause() {
    try {
      Thread.sleep(30);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Sends nothing more. */
  void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  Answer exchange(Message message) throws IOException {
    send(message.bytes());
    return receive(message.method());
  }

  /** Reads the answer to a request of that method. */
  Answer receive(String method) throws IOException {
    String[] statusLine = line().split(" ", 3);
    int status = Integer.parseInt(statusLine[1]);
    Headers.Builder fields = Headers.builder();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      fields.add(line.substring(0, colon), line.substring(colon + 1).strip());
    }
    Headers headers = fields.build();
    Answer head = new Answer(status, headers, new byte[0], true);
    if (method.equals("HEAD") || status == 100 || status == 204 || status == 304) {
      return head;
    }
    if (head.header("transfer-encoding").equals("chunked")) {
      return chunked(head);
    }
    int length =
        head.header("content-length").isEmpty()
            ? Integer.MAX_VALUE
            : Integer.parseInt(head.header("content-length"));
    byte[] body = upTo(length);
    boolean complete = length == Integer.MAX_VALUE || body.length == length;
    return new Answer(status, headers, body, complete);
  }

  /** Whether the server has closed the connection, waiting for it to say so. */
  boolean isClosed() throws IOException {
    try {
      return in.read() < 0;
    } catch (SocketException reset) {
      return true;
    }
  }

  private byte[] upTo(int length) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    try {
      while (body.size() < length) {
        int n = in.read(buffer, 0, Math.min(buffer.length, length - body.size()));
        if (n < 0) {
          break;
        }
        body.write(buffer, 0, n);
      }
    } catch (SocketException reset) {
      return body.toByteArray();
    }
    return body.toByteArray();
  }

  private Answer chunked(Answer head) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try {
      for (int size = chunkSize(); size > 0; size = chunkSize()) {
        body.writeBytes(upTo(size));
        line();
      }
      line();
    } catch (EOFException | SocketException cut) {
      return new Answer(head.status(), head.headers(), body.toByteArray(), false);
    }
    return new Answer(head.status(), head.headers(), body.toByteArray(), true);
  }

  private int chunkSize() throws IOException {
    return Integer.parseInt(line(), 16);
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("closed after " + line.toString(ISO_8859_1));
      }
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
