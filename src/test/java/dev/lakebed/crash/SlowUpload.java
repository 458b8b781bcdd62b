package dev.lakebed.crash;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A PUT whose body comes byte by byte until it is released; then it is finished or given up. The
 * result is the status of the answer, {@link #GIVEN_UP} or {@link #HUNG_UP}.
 */
final class SlowUpload implements Callable<Integer> {
  static final int GIVEN_UP = -1;
  static final int HUNG_UP = -2;
  static final int LENGTH = 100_000;
  private static final int PACE_MILLIS = 500;

  private final URI signed;
  private final boolean finishes;
  private final CountDownLatch sent;
  private final CountDownLatch refused;
  private final CountDownLatch released;

  /**
   * @param sent counted down when the head and the first byte are sent
   * @param refused counted down when the answer comes before the body has been sent
   */
  SlowUpload(
      URI signed,
      boolean finishes,
      CountDownLatch sent,
      CountDownLatch refused,
      CountDownLatch released) {
    this.signed = signed;
    this.finishes = finishes;
    this.sent = sent;
    this.refused = refused;
    this.released = released;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (Socket socket = new Socket(signed.getHost(), signed.getPort())) {
      OutputStream out = socket.getOutputStream();
      String head =
          "PUT %s?%s HTTP/1.1\r\nHost: %s\r\nContent-Length: %d\r\n\r\n"
              .formatted(signed.getRawPath(), signed.getRawQuery(), signed.getAuthority(), LENGTH);
      out.write(head.getBytes(US_ASCII));
      out.write('x');
      sent.countDown();
      int written = 1;
      try {
        while (!released.await(PACE_MILLIS, TimeUnit.MILLISECONDS)) {
          if (socket.getInputStream().available() > 0) {
            int status = status(socket);
            refused.countDown();
            return status;
          }
          out.write('x');
          written++;
        }
      } catch (IOException hungUp) {
        // A server that closes with bytes unread resets the connection, and its answer may be lost.
        refused.countDown();
        return HUNG_UP;
      }
      if (!finishes) {
        return GIVEN_UP;
      }
      out.write("x".repeat(LENGTH - written).getBytes(US_ASCII));
      return status(socket);
    }
  }

  private static int status(Socket socket) throws IOException {
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
    String line = reader.readLine();
    if (line == null) {
      throw new IOException("no answer");
    }
    return Integer.parseInt(line, 9, 12, 10);
  }
}
