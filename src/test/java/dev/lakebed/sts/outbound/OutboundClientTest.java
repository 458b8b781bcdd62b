package dev.lakebed.sts.outbound;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.lakebed.sts.outbound.Fetcher.Destination;
import dev.lakebed.sts.outbound.Fetcher.OutboundException;
import dev.lakebed.support.Evidence;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.hc.core5.http.MessageConstraintException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the one outbound client asks, and how much of a hostile peer it bears. */
@Evidence("attack-64")
class OutboundClientTest {
  private static final OutboundClient CLIENT = new OutboundClient(List::of);

  private static Destination destination(String uri, boolean named) {
    return new Destination(URI.create(uri), true, named, false, Optional.empty(), List.of());
  }

  /** The same address in every notation that some resolver takes. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://169.254.169.254/",
        "http://[::ffff:169.254.169.254]/",
        "http://[::ffff:a9fe:a9fe]/",
        "http://2852039166/",
        "http://0xa9fea9fe/",
        "http://0251.0376.0251.0376/",
        "http://169.254.43518/",
        "http://169.254.169.254./",
        "http://user@169.254.169.254/",
        "http://idp.example@169.254.169.254/",
        "http://0/",
        "http://[::]/",
        "file:///etc/passwd",
        "jar:http://169.254.169.254/!/",
        "ftp://169.254.169.254/",
        "//169.254.169.254/"
      })
  @Evidence("attack-27")
  void an_address_that_is_never_asked_is_not_asked_in_another_notation(String uri) {
    for (boolean named : new boolean[] {true, false}) {
      assertThatThrownBy(() -> CLIENT.get(destination(uri, named)))
          .isInstanceOfAny(UnknownHostException.class, OutboundException.class);
    }
  }

  /** What a name leads to is looked at when the connection is made, so rebinding gains nothing. */
  @Test
  @Evidence("attack-27")
  void a_name_that_leads_home_is_asked_only_when_the_operator_wrote_it() throws Exception {
    try (Peer peer = new Peer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", 0)) {
      String uri = "http://localhost:" + peer.port() + "/";
      assertThat(CLIENT.get(destination(uri, true))).asString(ISO_8859_1).isEqualTo("{}");
      assertThatThrownBy(() -> CLIENT.get(destination(uri, false)))
          .hasMessageContaining("has no address that may be asked");
    }
  }

  @Test
  @Evidence("attack-27")
  void a_redirect_is_an_answer_and_not_followed() throws Exception {
    try (Peer inner = new Peer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", 0);
        Peer peer =
            new Peer(
                "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:"
                    + inner.port()
                    + "/\r\nContent-Length: 0\r\n\r\n",
                0)) {
      assertThatThrownBy(
              () -> CLIENT.get(destination("http://127.0.0.1:" + peer.port() + "/", true)))
          .hasMessageContaining("302");
      assertThat(inner.asked()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-A: b\r\n", "X"})
  void a_head_without_end_is_cut_off(String repeated) throws Exception {
    String head = "HTTP/1.1 200 OK\r\n" + repeated.repeat(200_000);
    try (Peer peer = new Peer(head, 0)) {
      assertThatThrownBy(
              () -> CLIENT.get(destination("http://127.0.0.1:" + peer.port() + "/", true)))
          .isInstanceOf(MessageConstraintException.class);
    }
  }

  @Test
  void a_body_that_is_too_large_is_not_read_to_its_end() throws Exception {
    String head = "HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n";
    try (Peer peer = new Peer(head + "x".repeat(100_000_000), 0)) {
      assertThatThrownBy(
              () -> CLIENT.get(destination("http://127.0.0.1:" + peer.port() + "/", true)))
          .isInstanceOf(OutboundException.class)
          .hasMessage("the answer is larger than 262144 bytes");
      assertThat(peer.sentAll()).isFalse();
    }
  }

  @Test
  void a_head_that_trickles_is_cut_off() throws Exception {
    try (Peer peer = new Peer("HTTP/1.1 200 OK\r\nX: " + "y".repeat(8000), 500)) {
      assertTimeoutPreemptively(
          Duration.ofSeconds(120),
          () ->
              assertThatThrownBy(
                      () -> CLIENT.get(destination("http://127.0.0.1:" + peer.port() + "/", true)))
                  .isInstanceOf(IOException.class));
    }
  }

  /** Sends one answer to everybody, byte by byte when there is a pause. */
  private static final class Peer implements AutoCloseable {
    private final ServerSocket listening;
    private volatile boolean asked;
    private final CompletableFuture<Boolean> sentAll = new CompletableFuture<>();

    Peer(String answer, int pause) throws IOException {
      listening = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
      Thread.ofVirtual().start(() -> serve(answer.getBytes(ISO_8859_1), pause));
    }

    private void serve(byte[] answer, int pause) {
      while (!listening.isClosed()) {
        try (Socket socket = listening.accept();
            OutputStream out = socket.getOutputStream()) {
          asked = true;
          socket.getInputStream().read(new byte[4096]);
          if (pause == 0) {
            out.write(answer);
          }
          for (int i = 0; pause > 0 && i < answer.length; i++) {
            out.write(answer[i]);
            out.flush();
            Thread.sleep(pause);
          }
          sentAll.complete(true);
        } catch (IOException | InterruptedException gone) {
          asked = true;
          sentAll.complete(false);
        }
      }
    }

    int port() {
      return listening.getLocalPort();
    }

    boolean asked() {
      return asked;
    }

    /** Whether the first answer was taken whole, when that is known. */
    boolean sentAll() {
      return sentAll.join();
    }

    @Override
    public void close() throws IOException {
      listening.close();
    }
  }
}
