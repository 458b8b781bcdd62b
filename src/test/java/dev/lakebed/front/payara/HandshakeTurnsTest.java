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

/**
 * Connections on which something came and no request, over sockets; what TLS reads is no matter.
 */
@Timeout(120)
class HandshakeTurnsTest {
  private static final String CLIENT = "127.0.0.1";
  private static final String OTHER = "127.0.0.2";
  private static final int FREE = 20;

  private final AtomicLong nanos = new AtomicLong();
  private final Deadlines deadlines = new Deadlines(nanos::get);
  private final Shares heads = new Shares(1 << 30, 1 << 20);
  private final Tarpit tarpit = new Tarpit(nanos::get);
  private LocalListener listener;

  @BeforeEach
  void open() throws IOException {
    ConnectionShares shares =
        new ConnectionShares(new Shares(100, 100), heads, tarpit, any -> false);
    listener = new LocalListener(shares, deadlines, new HandshakeTurns(shares, deadlines));
  }

  @AfterEach
  void close() throws IOException {
    listener.close();
  }

  private void beginAndLeave(int times) throws IOException {
    for (int i = 0; i < times; i++) {
      try (Socket socket = listener.connect(CLIENT)) {
        LocalListener.send(socket, "GET ");
      }
    }
  }

  private void awaitTarpit() throws Exception {
    while (!tarpit.mustWait(CLIENT)) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  private void releaseOne() throws InterruptedException {
    while (tarpit.release(1) == 0) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  @Test
  void who_begins_and_leaves_again_and_again_waits_for_a_turn_with_the_first_byte()
      throws Exception {
    beginAndLeave(FREE + 1);
    awaitTarpit();
    try (Socket socket = listener.connect(CLIENT);
        Socket other = listener.connect(OTHER)) {
      LocalListener.send(socket, "GET / HTTP/1.1\r\nHost: h\r\n");
      while (heads.taken() != StrictHeads.HEAD_READ_BYTES) {
        TimeUnit.MILLISECONDS.sleep(1);
      }
      assertThat(LocalListener.isServed(other)).as("of another network").isTrue();
      releaseOne();
      LocalListener.send(socket, "\r\n");
      releaseOne(); // the request has a turn of its own
      assertThat(LocalListener.isAnswered(socket)).isTrue();
      assertThat(heads.taken()).isZero();
    }
  }

  @Test
  void who_asks_for_something_is_not_refused() throws Exception {
    for (int i = 0; i <= FREE; i++) {
      try (Socket socket = listener.connect(CLIENT)) {
        assertThat(LocalListener.isServed(socket)).isTrue();
      }
    }
    beginAndLeave(FREE);
    try (Socket socket = listener.connect(CLIENT)) {
      assertThat(LocalListener.isServed(socket)).isTrue();
    }
    assertThat(tarpit.mustWait(CLIENT)).isFalse();
  }

  @Test
  void who_connects_and_says_nothing_costs_nothing() throws Exception {
    for (int i = 0; i <= FREE; i++) {
      listener.connect(CLIENT).close();
    }
    try (Socket socket = listener.connect(CLIENT)) {
      assertThat(LocalListener.isServed(socket)).isTrue();
    }
    assertThat(tarpit.mustWait(CLIENT)).isFalse();
  }

  @Test
  void what_a_connection_that_leaves_the_line_held_is_given_back() throws Exception {
    beginAndLeave(FREE + 1);
    awaitTarpit();
    try (Socket socket = listener.connect(CLIENT)) {
      LocalListener.send(socket, "GET ");
      while (heads.taken() == 0) {
        TimeUnit.MILLISECONDS.sleep(1);
      }
      nanos.addAndGet(TimeUnit.SECONDS.toNanos(Deadlines.HEAD_SECONDS));
      deadlines.sweep();
      assertThat(LocalListener.read(socket)).isNegative();
    }
    while (heads.taken() > 0) {
      tarpit.release(1);
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }
}
