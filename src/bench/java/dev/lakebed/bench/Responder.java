package dev.lakebed.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The least a server can do: reads a request and answers fixed bytes. It shows what the load
 * generator itself costs and how fast it can be. The object size is taken from the path ({@code
 * …-4096/…}).
 */
final class Responder implements AutoCloseable {
  private static final Pattern SIZE = Pattern.compile("-(\\d{1,9})/");
  private static final Pattern LENGTH =
      Pattern.compile("\r\ncontent-length: (\\d{1,10})\r\n", Pattern.CASE_INSENSITIVE);

  private final ServerSocket listener;

  Responder(int port) throws IOException {
    listener = new ServerSocket(port, 1024, InetAddress.getLoopbackAddress());
  }

  /** Serves the port given as the only argument until the process is stopped. */
  public static void main(String[] arguments) throws IOException {
    try (Responder responder = new Responder(Integer.parseInt(arguments[0]))) {
      responder.serve();
    }
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Takes connections until {@link #close}. */
  void serve() throws IOException {
    while (!listener.isClosed()) {
      Socket socket;
      try {
        socket = listener.accept();
      } catch (SocketException e) {
        return;
      }
      Thread.ofPlatform().daemon().start(() -> converse(socket));
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  /** Answers until the client hangs up, which ends the thread. */
  private static void converse(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream(), 64 << 10);
      OutputStream out = socket.getOutputStream();
      byte[] answer = new byte[0];
      String answered = "";
      for (String head = head(in); !head.isEmpty(); head = head(in)) {
        Matcher length = LENGTH.matcher(head);
        in.skipNBytes(length.find() ? Long.parseLong(length.group(1)) : 0);
        String kind = head.substring(0, head.indexOf('/', head.indexOf('/') + 1) + 1);
        Matcher size = SIZE.matcher(head);
        String wanted = size.find() ? kind + size.group(1) : kind;
        if (!wanted.equals(answered)) {
          answered = wanted;
          answer = answer(head);
        }
        out.write(answer);
      }
    } catch (IOException e) {
      System.getLogger(Responder.class.getName()).log(System.Logger.Level.DEBUG, "hung up", e);
    }
  }

  private static byte[] answer(String head) {
    if (head.contains("/missing/")) {
      return text("HTTP/1.1 404 Not Found\r\ncontent-length: 23\r\n\r\n<Code>NoSuchKey</Code>\n");
    }
    if (head.contains("/chunked/")) {
      return text(
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
    }
    Matcher size = SIZE.matcher(head);
    boolean read = head.startsWith("GET") || head.startsWith("HEAD");
    int length = read && size.find() ? Integer.parseInt(size.group(1)) : 0;
    byte[] start = text("HTTP/1.1 200 OK\r\nETag: \"e\"\r\nContent-Length: " + length + "\r\n\r\n");
    int body = head.startsWith("GET") ? length : 0;
    return java.util.Arrays.copyOf(start, start.length + body);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The request head with its empty line, or nothing at the end of the connection. */
  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder(512);
    int last = 0;
    while (last < 4) {
      int next = in.read();
      if (next < 0) {
        return "";
      }
      head.append((char) next);
      boolean expected = next == (last % 2 == 0 ? '\r' : '\n');
      last = expected ? last + 1 : next == '\r' ? 1 : 0;
    }
    return head.toString();
  }
}
