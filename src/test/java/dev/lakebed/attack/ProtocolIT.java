package dev.lakebed.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.kit.Answer;
import dev.lakebed.kit.Message;
import dev.lakebed.kit.Signing;
import dev.lakebed.support.Evidence;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of RFC 9110 and RFC 9112 that keep one connection in step. */
class ProtocolIT {
  private static final String CHUNKED_HELLO = "5\r\nhello\r\n0\r\n\r\n";

  @RegisterExtension private final Attack attack = new Attack();

  /** RFC 9112, section 6.1: a server may refuse what claims two lengths. */
  @Test
  @Evidence("attack-63")
  void transfer_encoding_beside_content_length_is_refused_and_the_connection_ends()
      throws IOException {
    Message message =
        attack.message("PUT", "/attacked/row63").header("Transfer-Encoding", "chunked");
    message.header("x-amz-decoded-content-length", "5");
    Signing.s3(Users.OWNER).sign(message, Signing.UNSIGNED);
    message.header("Content-Length", "4");
    try (Link link = attack.connect()) {
      link.send(message.head());
      link.send(
          (CHUNKED_HELLO + "GET /-/health/live HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(ISO_8859_1));
      Answer reply = link.receive("PUT");
      assertThat(reply.status() + reply.code()).isEqualTo("400BadRequest");
      assertThat(link.isClosed()).as("nothing is read after the ambiguous request").isTrue();
    }
    attack.nothingAt("row63");
  }

  @ParameterizedTest
  @CsvSource({
    "Transfer-Encoding,gzip,InvalidRequest",
    "Transfer-Encoding,'chunked, identity',InvalidRequest",
    "Transfer-Encoding,xchunked,InvalidRequest",
    "Content-Length,+5,BadRequest",
    "Content-Length,-5,BadRequest",
    "Content-Length,'5, 5',BadRequest",
    "Content-Length,0x5,BadRequest"
  })
  @Evidence("attack-63")
  void framing_that_is_no_framing(String name, String value, String code) throws IOException {
    Message message = attack.message("PUT", "/attacked/row63f").header(name, value);
    Signing.s3(Users.OWNER).sign(message, Signing.UNSIGNED);
    try (Link link = attack.connect()) {
      link.send(message.head());
      link.send(CHUNKED_HELLO.getBytes(ISO_8859_1));
      Answer reply = link.receive("PUT");
      assertThat(reply.status()).as(reply.text()).isEqualTo(400);
      assertThat(reply.code()).isEqualTo(code);
      assertThat(link.isClosed()).isTrue();
    }
    attack.nothingAt("row63f");
  }

  /** A TRACE has no content (RFC 9110, 9.3.8), and the server below does not read it. */
  @ParameterizedTest
  @ValueSource(strings = {"iam", "sts", "s3tables", "s3"})
  @Evidence("attack-63")
  void a_trace_with_a_body_ends_its_connection(String service) throws IOException {
    Message message = attack.message("TRACE", "/").header("Transfer-Encoding", "chunked");
    Signing.of(Users.OWNER, service).sign(message, Signing.UNSIGNED);
    try (Link link = attack.connect()) {
      link.send(message.head());
      link.send(
          (CHUNKED_HELLO + "GET /-/health/live HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(ISO_8859_1));
      assertThat(link.receive("TRACE").status()).isBetween(400, 499);
      assertThat(link.isClosed()).isTrue();
    }
  }

  /** What stands there may have a head of its own, that no proxy in between has seen. */
  @ParameterizedTest
  @CsvSource({"TRACE,Content-Length", "PUT,Transfer-Encoding", "GET,Connection"})
  @Evidence("attack-81")
  void what_stands_behind_the_last_request_of_a_connection_is_not_done(String method, String field)
      throws IOException {
    byte[] hidden = attack.signed(attack.put("/attacked/hidden", "x")).bytes();
    String value =
        switch (field) {
          case "Content-Length" -> Integer.toString(hidden.length);
          case "Connection" -> "close";
          default -> "xchunked";
        };
    for (int i = 0; i < 20; i++) {
      try (Link link = attack.connect()) {
        link.send(attack.message(method, "/attacked/none").header(field, value).head());
        link.send(hidden);
        assertThat(link.receive(method).status()).isBetween(400, 499);
        assertThat(link.isClosed()).isTrue();
      }
    }
    attack.nothingAt("hidden");
  }

  /** The server below fails at it; its own page of an error would be no answer. */
  @ParameterizedTest
  @ValueSource(strings = {"\u00e9", "\u00e9\u00e8"})
  @Evidence("attack-63")
  void a_coding_that_is_not_ascii_is_refused(String coding) throws IOException {
    Message message = attack.put("/attacked/coded", "x").header("Content-Encoding", coding);
    attack.refused(attack.send(attack.signed(message)), 400, "InvalidRequest");
    attack.nothingAt("coded");
  }

  @Test
  @Evidence("attack-63")
  void host_of_the_target_and_of_the_header_differ() throws IOException {
    attack.store("/attacked/row63h", "x");
    Message message = attack.signed(attack.message("GET", "/attacked/row63h"));
    Answer reply = attack.send(message.as("GET", "http://evil.example/attacked/row63h"));
    attack.refused(reply, 403, "SignatureDoesNotMatch");
  }

  @ParameterizedTest
  @CsvSource({
    "FOO,405,MethodNotAllowed",
    "TRACE,405,MethodNotAllowed",
    "CONNECT,405,MethodNotAllowed",
    "OPTIONS,400,BadRequest",
    "PATCH,405,MethodNotAllowed",
    "PROPFIND,405,MethodNotAllowed"
  })
  void odd_methods_get_the_protocol_s_error(String method, int status, String code)
      throws IOException {
    Answer reply = attack.send(attack.signed(attack.message(method, "/attacked/odd")));
    attack.refused(reply, status, code);
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
      Answer reply = link.exchange(attack.signed(offer));
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
        Answer head = link.exchange(attack.signed(attack.message("HEAD", "/attacked/no")));
        assertThat(head.status()).isEqualTo(404);
        assertThat(head.header("date")).isNotEmpty();
        attack.refused(link.exchange(attack.message("GET", "/attacked/turn")), 403, "AccessDenied");
      }
    }
  }

  /** The catalog is not built; its port opens where the operator names one. */
  @Test
  void the_port_of_the_catalog_answers_by_the_same_rules_as_the_other() throws IOException {
    URI catalog = URI.create("http://127.0.0.1:" + attack.target().process().icebergPort());
    try (Link link = new Link(catalog)) {
      assertThat(link.exchange(attack.message("GET", "/v1/config")).status()).isEqualTo(401);
      assertThat(link.exchange(attack.message("GET", "/-/health/live")).text()).isEqualTo("live\n");
      link.send("GET / HTTP/1.1\r\nHost: h\r\nno colon\r\n\r\n".getBytes(ISO_8859_1));
      Answer refused = link.receive("GET");
      assertThat(refused.status() + refused.code()).isEqualTo("400BadRequest");
      assertThat(link.isClosed()).isTrue();
    }
  }

  /** Payara's own session cookies: it answered 200 to the last of them and did nothing. */
  @ParameterizedTest
  @ValueSource(strings = {"a=b", "JSESSIONID=x", "JSESSIONIDVERSION=::", "JSESSIONIDSSO=x"})
  void a_cookie_changes_nothing(String cookie) throws IOException {
    Message put = attack.put("/attacked/cookie", cookie).header("Cookie", cookie);
    assertThat(attack.send(attack.signed(put)).status()).isEqualTo(200);
    assertThat(attack.get("/attacked/cookie").text()).isEqualTo(cookie);
    attack.send(attack.signed(attack.message("DELETE", "/attacked/cookie")));
  }

  /** Payara reads such an id before the application has the request. */
  @Test
  void a_field_that_is_hidden_from_the_server_is_still_signed() throws IOException {
    attack.store("/attacked/visible", "x");
    Message get = attack.message("GET", "/attacked/visible");
    get.header("Payara-Tracing-TraceId", "no id").header("Cookie", "a=b");
    assertThat(attack.send(attack.signed(get)).text()).isEqualTo("x");
    get.header("x-lakebed-hidden-cookie", "c=d");
    assertThat(attack.send(get).text()).isEqualTo("x");
  }

  @Test
  void the_raw_target_header_of_a_client_is_ignored() throws IOException {
    attack.store("/attacked/visible", "x");
    Message message = attack.signed(attack.message("GET", "/attacked/visible"));
    message.header("x-lakebed-raw-target", "1 - /attacked/other");
    assertThat(attack.send(message).text()).isEqualTo("x");
  }
}
