package dev.lakebed.front.payara;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.front.limit.ConnectionShares;
import dev.lakebed.front.limit.Shares;
import dev.lakebed.front.limit.Tarpit;
import dev.lakebed.support.Evidence;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one connection and one client may hold, over sockets and by a clock of the test. */
@Timeout(120)
class ListenerTest {
  private static final String CLIENT = "127.0.0.1";
  private static final String OTHER = "127.0.0.2";
  private static final String PROXY = "127.0.0.3";
  private static final int SHARE = 3;

  /** Bytes of unfinished heads that one client may hold. */
  private static final int HEADS = 4096;

  private final AtomicLong nanos = new AtomicLong();
  private final Semaphore timed = new Semaphore(0);
  private final Deadlines deadlines =
      new Deadlines(
          () -> {
            long now = nanos.get();
            timed.release();
            return now;
          });
  private final Shares connections = new Shares(100, SHARE);
  private final Shares heads = new Shares(100_000, HEADS);
  private final Tarpit tarpit = new Tarpit(nanos::get);
  private LocalListener listener;

  @BeforeEach
  void open() throws IOException {
    listener =
        new LocalListener(
            new ConnectionShares(connections, heads, tarpit, PROXY::equals), deadlines);
  }

  @AfterEach
  void close() throws IOException {
    listener.close();
  }

  private void pass(int seconds) {
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    deadlines.sweep();
  }

  private void awaitClosed(Socket socket) throws IOException {
    socket.setSoTimeout(20);
    for (int i = 0; i < 1000; i++) {
      try {
        assertThat(LocalListener.read(socket)).as("not a word").isNegative();
        return;
      } catch (SocketTimeoutException open) {
        deadlines.sweep();
      }
    }
    throw new AssertionError("the connection stays open");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "G", "GET / HTTP/1.1\r\nHost: h\r\n", "\r"})
  void a_head_that_does_not_come_in_time_ends_its_connection(String part) throws Exception {
    try (Socket socket = listener.connect(CLIENT)) {
      timed.acquire();
      LocalListener.send(socket, part);
      pass(Deadlines.HEAD_SECONDS);
      awaitClosed(socket);
    }
  }

  @Test
  void a_head_that_drips_gets_no_more_time_than_one_that_stops() throws Exception {
    try (Socket socket = listener.connect(CLIENT)) {
      timed.acquire();
      for (int second = 0; second < Deadlines.HEAD_SECONDS; second++) {
        LocalListener.send(socket, LocalListener.REQUEST.substring(second, second + 1));
        pass(1);
      }
      awaitClosed(socket);
    }
  }

  @Test
  void the_head_of_a_later_request_has_its_time_from_its_first_byte() throws Exception {
    try (Socket socket = listener.connect(CLIENT)) {
      assertThat(LocalListener.isServed(socket)).isTrue();
      pass(Deadlines.HEAD_SECONDS);
      assertThat(LocalListener.isServed(socket)).as("after a pause").isTrue();
      // The connection, an answer, a sweep, an answer: nothing is left that starts a time.
      timed.acquire(4);
      LocalListener.send(socket, "GET");
      timed.acquire();
      pass(Deadlines.HEAD_SECONDS);
      awaitClosed(socket);
    }
  }

  @Test
  void a_connection_on_which_nothing_comes_after_an_answer_is_closed() throws Exception {
    try (Socket socket = listener.connect(CLIENT)) {
      assertThat(LocalListener.isServed(socket)).isTrue();
      timed.acquire(2);
      pass(Deadlines.IDLE_SECONDS);
      awaitClosed(socket);
    }
  }

  @ParameterizedTest
  @Evidence("attack-81")
  @ValueSource(
      strings = {
        "HTTP/1.0\r\n",
        "HTTP/1.1\r\nConnection: close\r\n",
        "HTTP/1.1\r\nConnection: TE, Close\r\n",
        "HTTP/1.1\r\nConnection: ,close , keep-alive\r\n",
        "HTTP/1.0\r\nConnection: keep-alive\r\nConnection: close\r\n"
      })
  void what_follows_the_last_request_of_a_connection_is_not_done(String last) throws Exception {
    int connections = 100;
    for (int i = 1; i <= connections; i++) {
      try (Socket socket = listener.connect("127.0.1." + i)) {
        LocalListener.send(socket, "GET / " + last + "Host: h\r\n\r\n" + LocalListener.REQUEST);
        assertThat(LocalListener.isAnswered(socket)).isTrue();
        assertThat(LocalListener.read(socket)).isNegative();
      }
    }
    assertThat(listener.answered()).isEqualTo(connections);
  }

  @Test
  void a_client_with_its_share_of_connections_gets_no_more_and_takes_none_from_others()
      throws Exception {
    Socket[] held = new Socket[SHARE];
    for (int i = 0; i < SHARE; i++) {
      held[i] = listener.connect(CLIENT);
      assertThat(LocalListener.isServed(held[i])).isTrue();
    }
    try (Socket more = listener.connect(CLIENT);
        Socket other = listener.connect(OTHER)) {
      assertThat(LocalListener.isServed(more)).isFalse();
      assertThat(LocalListener.isServed(other)).isTrue();
    }
    held[0].close();
    while (connections.taken() >= SHARE) {
      Thread.onSpinWait();
    }
    try (Socket again = listener.connect(CLIENT)) {
      assertThat(LocalListener.isServed(again)).isTrue();
    }
    for (Socket socket : held) {
      socket.close();
    }
  }

  @Test
  void a_trusted_proxy_has_no_share_because_it_stands_for_many() throws Exception {
    Socket[] held = new Socket[2 * SHARE];
    for (int i = 0; i < held.length; i++) {
      held[i] = listener.connect(PROXY);
      assertThat(LocalListener.isServed(held[i])).isTrue();
    }
    for (Socket socket : held) {
      socket.close();
    }
  }

  @Test
  void a_head_in_pieces_is_answered_and_leaves_nothing_behind() throws Exception {
    try (Socket socket = listener.connect(CLIENT)) {
      for (int round = 1; round <= 2; round++) {
        String head = "GET /" + round + " HTTP/1.1\r\nHost: h\r\nX-A: " + "a".repeat(1500) + "\r\n";
        for (int from = 0; from < head.length(); from += 500) {
          LocalListener.send(socket, head.substring(from, Math.min(from + 500, head.length())));
          awaitHeld(Math.min(from + 500, head.length()));
        }
        LocalListener.send(socket, "\r\n");
        assertThat(LocalListener.isAnswered(socket)).isTrue();
        assertThat(heads.taken()).isZero();
      }
    }
  }

  @Test
  void a_client_with_its_share_of_unfinished_heads_is_cut_off_and_takes_none_from_others()
      throws Exception {
    String part = "GET / HTTP/1.1\r\nHost: h\r\nX-A: " + "a".repeat(HEADS / 2 - 100);
    try (Socket first = listener.connect(CLIENT);
        Socket second = listener.connect(CLIENT);
        Socket third = listener.connect(CLIENT);
        Socket other = listener.connect(OTHER)) {
      LocalListener.send(first, part);
      LocalListener.send(second, part);
      awaitHeld(2 * part.length());
      LocalListener.send(third, part);
      awaitClosed(third);
      LocalListener.send(other, part);
      awaitHeld(3 * part.length());
    }
    while (heads.taken() > 0) {
      Thread.onSpinWait();
    }
  }

  @Test
  void a_head_of_more_than_64_kib_is_refused() throws Exception {
    try (Socket socket = listener.connect(PROXY)) {
      LocalListener.send(socket, "GET / HTTP/1.1\r\nHost: h\r\nX-A: ");
      awaitHeld(1);
      LocalListener.send(socket, "a".repeat(UnfinishedHead.MOST_BYTES));
      assertThat(LocalListener.line(socket)).isEqualTo("HTTP/1.1 400 Bad Request");
    }
  }

  @Test
  void bodies_that_nobody_asks_for_are_taken_up_to_a_rate_and_then_cut_off() throws Exception {
    try (Socket greedy = listener.connect(CLIENT);
        Socket other = listener.connect(OTHER)) {
      assertThat(isAnsweredBefore(greedy, 30_000_000)).isTrue();
      assertThat(LocalListener.read(greedy)).as("cut off").isNegative();
      assertThat(isAnsweredBefore(other, 1_000_000)).isTrue();
      assertThat(LocalListener.isServed(other)).as("after its body").isTrue();
    }
  }

  private static boolean isAnsweredBefore(Socket socket, int length) throws IOException {
    LocalListener.send(
        socket, "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: " + length + "\r\n\r\n");
    boolean answered = LocalListener.isAnswered(socket);
    LocalListener.send(socket, "a".repeat(length));
    return answered;
  }

  private void awaitHeld(int bytes) {
    while (heads.taken() < bytes) {
      Thread.onSpinWait();
    }
  }
}
