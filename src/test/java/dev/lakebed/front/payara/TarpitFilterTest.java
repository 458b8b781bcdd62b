package dev.lakebed.front.payara;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.front.limit.ConnectionShares;
import dev.lakebed.front.limit.Shares;
import dev.lakebed.front.limit.Tarpit;
import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests of a network that was refused again and again, over sockets. */
@Timeout(120)
class TarpitFilterTest {
  private static final String CLIENT = "127.0.0.1";
  private static final String OTHER = "127.0.0.2";

  /** What two waiting requests take. */
  private static final int HEADS = 4 * StrictHeads.HEAD_READ_BYTES;

  private final AtomicLong nanos = new AtomicLong();
  private final Deadlines deadlines = new Deadlines(nanos::get);
  private final Shares heads = new Shares(100L * HEADS, HEADS);
  private final Tarpit tarpit = new Tarpit(nanos::get);
  private LocalListener listener;

  @BeforeEach
  void open() throws IOException {
    listener =
        new LocalListener(
            new ConnectionShares(new Shares(100, 100), heads, tarpit, any -> false), deadlines);
    for (int i = 0; i <= 20; i++) {
      tarpit.refused(CLIENT);
    }
  }

  @AfterEach
  void close() throws IOException {
    listener.close();
  }

  private void awaitWaiting(int requests) throws InterruptedException {
    while (heads.taken() != requests * (long) HEADS / 2) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  private void releaseOne() throws InterruptedException {
    while (tarpit.release(1) == 0) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  @Test
  void it_is_answered_when_it_has_its_turn_and_so_is_the_next_on_its_connection() throws Exception {
    try (Socket socket = listener.connect(CLIENT)) {
      for (int i = 0; i < 3; i++) {
        LocalListener.send(socket, LocalListener.REQUEST);
        awaitWaiting(1);
        assertThat(socket.getInputStream().available()).isZero();
        releaseOne();
        assertThat(LocalListener.isAnswered(socket)).isTrue();
        awaitWaiting(0);
      }
    }
  }

  @Test
  void another_network_is_served_meanwhile() throws Exception {
    try (Socket socket = listener.connect(CLIENT);
        Socket other = listener.connect(OTHER)) {
      LocalListener.send(socket, LocalListener.REQUEST);
      awaitWaiting(1);
      assertThat(LocalListener.isServed(other)).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\nHost: h\r\n"
            + "Authorization: AWS4-HMAC-SHA256 Credential=KEY/20261130/us-east-1/s3/aws4_request,"
            + " SignedHeaders=host, Signature=0\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: h\r\nAuthorization: AWS KEY:c2lnbmF0dXJl\r\n\r\n",
        "GET /?X-Amz-Credential=KEY%2F20261130%2Fus-east-1%2Fs3%2Faws4_request HTTP/1.1\r\n"
            + "Host: h\r\n\r\n",
        "GET /?AWSAccessKeyId=KEY&Signature=a HTTP/1.1\r\nHost: h\r\n\r\n"
      })
  void a_key_waits_until_it_was_verified_once(String request) throws Exception {
    try (Socket socket = listener.connect(CLIENT)) {
      LocalListener.send(socket, request);
      awaitWaiting(1);
      releaseOne();
      assertThat(LocalListener.isAnswered(socket)).isTrue();
      tarpit.verified(CLIENT, "KEY");
      LocalListener.send(socket, request);
      assertThat(LocalListener.isAnswered(socket)).as("without a turn").isTrue();
      LocalListener.send(socket, request.replace("KEY", "YEK"));
      awaitWaiting(1);
    }
  }

  @Test
  void a_query_that_cannot_be_read_claims_no_key() throws Exception {
    tarpit.verified(CLIENT, "KEY");
    try (Socket socket = listener.connect(CLIENT)) {
      LocalListener.send(socket, "GET /?AWSAccessKeyId=KEY&%zz HTTP/1.1\r\nHost: h\r\n\r\n");
      awaitWaiting(1);
      releaseOne();
      assertThat(LocalListener.isAnswered(socket)).isTrue();
    }
  }

  @Test
  void a_body_goes_on_with_its_head() throws Exception {
    try (Socket socket = listener.connect(CLIENT);
        Socket other = listener.connect(OTHER)) {
      LocalListener.send(
          socket, "PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 30000\r\n\r\n" + "a".repeat(10));
      awaitWaiting(1);
      LocalListener.send(socket, "a".repeat(990));
      releaseOne();
      awaitWaiting(0);
      for (int sent = 1000; sent < 30_000; sent += 1000) {
        // The server uses its objects again for others meanwhile.
        assertThat(LocalListener.isServed(other)).isTrue();
        LocalListener.send(socket, "a".repeat(1000));
      }
      assertThat(LocalListener.isAnswered(socket)).isTrue();
    }
  }

  @Test
  void one_whose_turn_does_not_come_in_time_is_cut_off_and_takes_nobodys_turn() throws Exception {
    try (Socket late = listener.connect(CLIENT)) {
      LocalListener.send(late, LocalListener.REQUEST);
      awaitWaiting(1);
      nanos.addAndGet(TimeUnit.SECONDS.toNanos(Deadlines.HEAD_SECONDS));
      deadlines.sweep();
      assertThat(LocalListener.read(late)).isNegative();
    }
    try (Socket next = listener.connect(CLIENT)) {
      LocalListener.send(next, LocalListener.REQUEST);
      awaitWaiting(2);
      releaseOne();
      assertThat(LocalListener.isAnswered(next)).isTrue();
      awaitWaiting(0);
    }
  }

  @Test
  void one_for_which_there_is_no_memory_is_cut_off() throws Exception {
    try (Socket first = listener.connect(CLIENT);
        Socket second = listener.connect(CLIENT);
        Socket third = listener.connect(CLIENT)) {
      LocalListener.send(first, LocalListener.REQUEST);
      LocalListener.send(second, LocalListener.REQUEST);
      awaitWaiting(2);
      LocalListener.send(third, LocalListener.REQUEST);
      assertThat(LocalListener.read(third)).isNegative();
    }
  }
}
