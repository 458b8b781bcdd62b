package dev.lakebed.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.kit.Answer;
import dev.lakebed.kit.Keys;
import dev.lakebed.kit.Message;
import dev.lakebed.kit.Signing;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies with {@code Transfer-Encoding: chunked}: RFC 9112, sections 7.1 and 9.3. */
class ChunkedIT {
  private static final String STREAMED = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";
  private static final String LIVE = "GET /-/health/live HTTP/1.1\r\nHost: h\r\n\r\n";

  @RegisterExtension private final Attack attack = new Attack();

  private Message chunked(Keys keys, String method, String path) {
    Message message =
        attack
            .message(method, path)
            .header("Transfer-Encoding", "chunked")
            .header("Content-Encoding", "aws-chunked")
            .header("x-amz-decoded-content-length", "5");
    return Signing.s3(keys).sign(message, STREAMED);
  }

  private Message chunked(String method, String path) {
    return chunked(Users.OWNER, method, path);
  }

  /** As AWS's clients send it over TLS: one framing inside the other. */
  private static String wire(String content) {
    String inner = "5\r\n" + content + "\r\n0\r\n\r\n";
    return Integer.toHexString(inner.length()) + "\r\n" + inner + "\r\n0\r\n\r\n";
  }

  private static void send(Link link, String text) throws IOException {
    link.send(text.getBytes(ISO_8859_1));
    link.pause();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void the_next_request_on_the_connection_is_answered_right(boolean tls) throws IOException {
    try (Link link = attack.connect(tls)) {
      link.send(chunked("PUT", "/attacked/chunked").head());
      for (String piece :
          List.of("5", "\r", "\n5\r\nhe\r\n", "a;x=y\r\nl", "lo\r\n0\r\n\r", "\n\r\n0")) {
        send(link, piece);
      }
      send(link, "\r\nx-trailer: v\r\n\r\n" + LIVE);
      Answer stored = link.receive("PUT");
      assertThat(stored.status()).as(stored.text()).isEqualTo(200);
      assertThat(link.receive("GET").text()).isEqualTo("live\n");
      link.send(chunked("PUT", "/attacked/chunked").head());
      send(link, wire("world"));
      assertThat(link.receive("PUT").status()).isEqualTo(200);
      assertThat(link.exchange(attack.signed(attack.message("GET", "/attacked/chunked"))).text())
          .isEqualTo("world");
    }
    attack.send(attack.signed(attack.message("DELETE", "/attacked/chunked")));
  }

  /** The server took the body of a HEAD for ended when none of it had come with the head. */
  @Test
  void the_late_body_of_a_head_is_no_request() throws IOException {
    attack.store("/attacked/chunked-head", "x");
    try (Link link = attack.connect()) {
      link.send(chunked("HEAD", "/attacked/chunked-head").head());
      assertThat(link.receive("HEAD").status()).isEqualTo(200);
      send(link, "5\r\nhello\r\n0\r\n\r\n" + LIVE);
      assertThat(link.receive("GET").text()).isEqualTo("live\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {LIVE, "5\r\nhello\r\n0\r\n\r\n" + LIVE, "5\r\nhel", ""})
  void a_refused_body_smuggles_nothing_in(String body) throws IOException {
    Keys wrong = Keys.of(Users.OWNER.access(), "wrong");
    try (Link link = attack.connect()) {
      link.send(chunked(wrong, "PUT", "/attacked/smuggled").head());
      // What is no chunk, in one piece with the head, is refused before the signature is looked at.
      link.pause();
      send(link, body);
      attack.refused(link.receive("PUT"), 403, "SignatureDoesNotMatch");
      assertThat(link.isClosed()).as("nothing is read behind it").isTrue();
    }
    attack.nothingAt("smuggled");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "f\r\n5\r\nhello\r\n0\r\n\r\nXX\r\n0\r\n\r\n",
        "f\n5\r\nhello\r\n0\r\n\r\n\r\n0\r\n\r\n",
        " f\r\n5\r\nhello\r\n0\r\n\r\n\r\n0\r\n\r\n",
        "-f\r\n5\r\nhello\r\n0\r\n\r\n\r\n0\r\n\r\n",
        "f;\r\n5\r\nhello\r\n0\r\n\r\n\r\n0\r\n\r\n",
        "f\r\n5\r\nhello\r\n0\r\n\r\n\r\n0\r\n folded\r\n\r\n",
        "f\r\n5\r\nhello\r\n0\r\n\r\n\r\n0\r\nno-colon\r\n\r\n",
        "f\r\n5\r\nhello\r\n0\r\n\r\n\r\n0\r\nContent-Length: 5\r\n\r\n",
        "f\r\n5\r\nhello\r\n0\r\n\r\n\r\n0\r\nHost: h\r\n\r\n"
      })
  void a_body_with_two_readings_is_refused(String body) throws IOException {
    try (Link link = attack.connect()) {
      link.send(chunked("PUT", "/attacked/two-readings").head());
      send(link, body + LIVE);
      Answer refusal = link.receive("PUT");
      assertThat(refusal.status()).isEqualTo(400);
      assertThat(refusal.text()).contains("<Code>BadRequest</Code>");
      assertThat(link.isClosed()).as("nothing is read behind it").isTrue();
    }
    attack.nothingAt("two-readings");
  }
}
