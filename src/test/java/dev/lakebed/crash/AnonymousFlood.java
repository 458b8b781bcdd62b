package dev.lakebed.crash;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients without a key that send every body which ever hurt a server: numbers with a great
 * exponent, long names, great lists of keys, great forms, bodies and heads that trickle. Half of
 * them come from one address, the others from one each.
 */
final class AnonymousFlood implements AutoCloseable {
  private static final String BUCKET = "memory";
  private static final byte[] EXPONENT = bytes("{\"tableBucketARN\":1e600000000}");
  private static final byte[] LONG_NAME =
      bytes("{\"" + "n".repeat(500_000) + "\":[" + "1,".repeat(269_999) + "1]}");
  private static final byte[] KEYS =
      bytes("<Delete>" + "<Object><Key>k</Key></Object>".repeat(1000) + "</Delete>");
  private static final byte[] GREAT = new byte[8 << 20];
  private static final byte[] FORM = new byte[1 << 20];

  private final URI endpoint;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicLong requests = new AtomicLong();
  private volatile boolean ended;

  /** Starts so many of them. */
  AnonymousFlood(URI endpoint, int clients) {
    this.endpoint = endpoint;
    for (int i = 0; i < clients; i++) {
      int client = i;
      threads.execute(() -> run(client));
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(US_ASCII);
  }

  /** How many requests were begun. */
  long requests() {
    return requests.get();
  }

  private void run(int client) {
    while (!ended) {
      try (Socket socket = new Socket()) {
        String from = client % 2 == 0 ? "127.0.0.2" : "127.0.1." + (1 + client);
        socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
        socket.connect(new InetSocketAddress(endpoint.getHost(), endpoint.getPort()));
        socket.setSoTimeout(60_000);
        requests.incrementAndGet();
        attack(socket, client);
        drain(socket);
      } catch (IOException refused) {
        pause(10);
      }
    }
  }

  private void attack(Socket socket, int client) throws IOException {
    switch (client / 2 % 7) {
      case 0 -> send(socket, "POST /", "X-Amz-Target: S3Tables.GetTableBucket", EXPONENT);
      case 1 -> send(socket, "POST /", "X-Amz-Target: S3Tables.GetTableBucket", LONG_NAME);
      case 2 -> send(socket, "POST /" + BUCKET + "?delete", "Content-MD5: AAAA", GREAT);
      case 3 -> send(socket, "POST /", "Content-Type: application/x-www-form-urlencoded", FORM);
      case 4 -> {
        head(socket, "PUT /" + BUCKET + "/slow", "x: y", 1 << 20);
        trickle(socket, new byte[1000], 15);
      }
      case 5 -> trickle(socket, bytes("GET / HTTP/1.1\r\nHost: h\r\nx: " + "y".repeat(1000)), 15);
      default -> send(socket, "POST /" + BUCKET + "?delete", "Content-MD5: AAAA", KEYS);
    }
  }

  private static void head(Socket socket, String target, String field, int length)
      throws IOException {
    socket
        .getOutputStream()
        .write(
            bytes(
                "%s HTTP/1.1\r\nHost: h\r\n%s\r\nContent-Length: %d\r\n\r\n"
                    .formatted(target, field, length)));
  }

  private static void send(Socket socket, String target, String field, byte[] body)
      throws IOException {
    head(socket, target, field, body.length);
    socket.getOutputStream().write(body);
  }

  private void trickle(Socket socket, byte[] bytes, int atOnce) throws IOException {
    for (int i = 0; i < bytes.length && !ended; i += atOnce) {
      socket.getOutputStream().write(bytes, i, Math.min(atOnce, bytes.length - i));
      pause(100);
    }
  }

  private static void drain(Socket socket) throws IOException {
    byte[] buffer = new byte[4096];
    int n = 0;
    while (n >= 0) {
      n = socket.getInputStream().read(buffer);
    }
  }

  private static void pause(int millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    ended = true;
    threads.shutdownNow();
    threads.close();
  }
}
