package dev.lakebed.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Row 63 and the rules of RFC 9110 and RFC 9112 that keep one connection in step. Folded header
 * lines are unfolded by Grizzly before the signature is checked; both ends then see the same value.
 */
class ProtocolIT {
  private static final String CHUNKED_HELLO = "5\r\nhello\r\n0\r\n\r\n";

  @RegisterExtension private final Attack attack = new Attack();

  @Test
  void row63_transfer_encoding_wins_over_content_length_and_the_connection_ends()
      throws IOException {
    Message message =
        attack.message("PUT", "/attacked/row63").header("Transfer-Encoding", "chunked");
    message.header("x-amz-decoded-content-length", "5");
    Signing.s3(Keys.OWNER).sign(message, Signing.UNSIGNED);
    message.header("Content-Length", "4");
    try (Link link = attack.connect()) {
      link.send(message.head());
      link.send(
          (CHUNKED_HELLO + "GET /-/health/live HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(ISO_8859_1));
      Reply reply = link.receive("PUT");
      assertThat(reply.header("connection")).isEqualTo("close");
      assertThat(link.isClosed()).as("nothing is read after the ambiguous request").isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Transfer-Encoding,gzip",
    "Transfer-Encoding,'chunked, identity'",
    "Transfer-Encoding,xchunked",
    "Content-Length,+5",
    "Content-Length,-5",
    "Content-Length,'5, 5'",
    "Content-Length,0x5"
  })
  void row63_framing_that_is_no_framing(String name, String value) throws IOException {
    Message message = attack.message("PUT", "/attacked/row63f").header(name, value);
    Signing.s3(Keys.OWNER).sign(message, Signing.UNSIGNED);
    try (Link link = attack.connect()) {
      link.send(message.head());
      link.send(CHUNKED_HELLO.getBytes(ISO_8859_1));
      Reply reply = link.receive("PUT");
      assertThat(reply.status()).as(reply.text()).isBetween(400, 501);
      assertThat(reply.code()).isNotEqualTo("InternalError");
      assertThat(link.isClosed()).isTrue();
    }
    attack.nothingAt("row63f");
  }

  @Test
  void row63_host_of_the_target_and_of_the_header_differ() throws IOException {
    attack.store("/attacked/row63h", "x");
    Message message = attack.signed(attack.message("GET", "/attacked/row63h"));
    Reply reply = attack.send(message.as("GET", "http://evil.example/attacked/row63h"));
    assertThat(reply.status()).as(reply.text()).isIn(200, 400, 403);
    if (reply.status() == 200) {
      assertThat(reply.text()).as("the signed Host header counts").isEqualTo("x");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"FOO", "TRACE", "CONNECT", "OPTIONS", "PATCH", "PROPFIND"})
  void odd_methods_get_the_protocol_s_error(String method) throws IOException {
    Reply reply = attack.send(attack.signed(attack.message(method, "/attacked/odd")));
    assertThat(reply.status()).as(reply.text()).isIn(400, 403, 405, 501);
    assertThat(reply.code())
        .isIn(
            "MethodNotAllowed",
            "AccessForbidden",
            "BadRequest",
            "NotImplemented",
            "InvalidRequest");
    assertThat(reply.header("x-amz-request-id")).isNotEmpty();
    assertThat(reply.header("date")).isNotEmpty();
  }

  @Test
  void a_refused_request_that_expects_100_gets_its_final_status() throws IOException {
    Message message =
        Signing.s3(new Keys("NOBODY", "nothing", java.util.Optional.empty()))
            .sign(
                attack
                    .message("PUT", "/attacked/expect")
                    .header("Expect", "100-continue")
                    .header("Content-Length", "5"),
                Signing.UNSIGNED);
    try (Link link = attack.connect()) {
      link.send(message.head());
      Reply reply = link.receive("PUT");
      if (reply.status() == 100) {
        reply = link.receive("PUT");
      }
      attack.refused(reply, 403, "InvalidAccessKeyId");
    }
    attack.nothingAt("expect");
  }

  /** RFC 9110, section 7.8: a server may ignore an offer of another protocol. */
  @Test
  void an_offer_of_http_2_is_ignored_also_with_a_long_body() throws IOException {
    byte[] body = new byte[3 << 20];
    Message offer =
        attack
            .message("PUT", "/attacked/upgrade")
            .body(body)
            .header("Connection", "Upgrade, HTTP2-Settings")
            .header("Upgrade", "h2c")
            .header("HTTP2-Settings", "AAEAAEAAAAIAAAAAAAMAAAAAAAQBAAAAAAUAAEAA");
    try (Link link = attack.connect()) {
      Reply reply = link.exchange(attack.signed(offer));
      assertThat(reply.status()).as(reply.text()).isEqualTo(200);
      assertThat(link.exchange(attack.signed(attack.message("GET", "/attacked/upgrade"))).body())
          .as("on the same connection")
          .hasSize(body.length);
    }
  }

  @Test
  void one_connection_serves_refused_and_granted_requests_in_turn() throws IOException {
    attack.store("/attacked/turn", "x");
    try (Link link = attack.connect()) {
      for (int i = 0; i < 3; i++) {
        assertThat(link.exchange(attack.signed(attack.message("GET", "/attacked/turn"))).text())
            .isEqualTo("x");
        Reply head = link.exchange(attack.signed(attack.message("HEAD", "/attacked/no")));
        assertThat(head.status()).isEqualTo(404);
        assertThat(head.header("date")).isNotEmpty();
        attack.refused(link.exchange(attack.message("GET", "/attacked/turn")), 403, "AccessDenied");
      }
    }
  }

  @Test
  void the_raw_target_header_of_a_client_is_ignored() throws IOException {
    attack.store("/attacked/visible", "x");
    Message message = attack.signed(attack.message("GET", "/attacked/visible"));
    message.header("x-lakebed-raw-target", "1 /attacked/other");
    assertThat(attack.send(message).text()).isEqualTo("x");
  }
}
