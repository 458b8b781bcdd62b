package dev.lakebed.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.kit.Answer;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Heads that two readers could understand differently, over raw sockets, plain and TLS: RFC 9112,
 * sections 2.2, 3, 5 and 6.3. Each is answered with 400 and ends its connection, whether it comes
 * first or behind a good request, in one piece or in several.
 */
class HostileHeadIT {
  private static final String GOOD = "GET /-/health/live HTTP/1.1\r\nHost: h\r\n\r\n";
  private static final String START = "GET /-/health/live HTTP/1.1\r\nHost: h\r\n";
  private static final List<String> HOSTILE =
      List.of(
          START + "x: a\rb\r\n\r\n",
          START + "x: a\u0000b\r\n\r\n",
          START + "x: a\u0001b\r\n\r\n",
          START + "x: a\u007fb\r\n\r\n",
          START + "no colon\r\n\r\n",
          START + "nocolon\r\nx: y\r\n\r\n",
          START + "x : y\r\n\r\n",
          START + ": y\r\n\r\n",
          START + "x: y\r\n folded\r\n\r\n",
          START + "x: y\r\n\tfolded\r\n\r\n",
          START + "x: y\n\r\n",
          START + "\n\n",
          START + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
          START + "Content-Length: +0\r\n\r\n",
          START + "Content-Length: 0\r\nContent-Length: 0\r\n\r\n",
          "GET /-/health/live HTTP/1.1\r\n Host: h\r\n\r\n",
          "GET /-/health/live HTTP/1.1\r\nHost: a b\r\n\r\n",
          "GET /-/health/live HTTP/1.1\r\nHost: user@h\r\n\r\n",
          "GET /-/health/live HTTP/1.1\r\n\r\n",
          "PUT /attacked/no-host HTTP/1.1\r\nHost:\r\nContent-Length: 0\r\n\r\n",
          "GET /-/health/live HTTP/1.1\r\nHost: h:80.\r\n\r\n",
          "GET /-/health/live HTTP/1.1\r\nHost: h:80:80\r\n\r\n",
          "GET /-/health/live HTTP/1.1\r\nHost: h:65536\r\n\r\n",
          "GET /-/health/live HTTP/1.1\r\nHost: [::1]:x\r\n\r\n",
          "GET /-/health/live HTTP/1.1\r\nHost: ::1\r\n\r\n",
          "GET /-/health/live HTTP/1.1\r\nHost: :80\r\n\r\n",
          "GET http:///-/health/live HTTP/1.1\r\nHost: h\r\n\r\n",
          "GET http://h:x/-/health/live HTTP/1.1\r\nHost: h\r\n\r\n",
          "GET /-/health/live HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n",
          "GET  /-/health/live HTTP/1.1\r\nHost: h\r\n\r\n",
          "GET\t/-/health/live HTTP/1.1\r\nHost: h\r\n\r\n",
          "GET /-/health/li\u0000ve HTTP/1.1\r\nHost: h\r\n\r\n",
          "GET /-/health/live\r\n\r\n",
          "G@T /-/health/live HTTP/1.1\r\nHost: h\r\n\r\n",
          "\r\n\r\n" + GOOD,
          "\n" + GOOD);

  @RegisterExtension private final Attack attack = new Attack();

  static Stream<Arguments> hostile() {
    return HOSTILE.stream()
        .map(head -> Named.of(shown(head), head))
        .flatMap(head -> Stream.of(Arguments.of(head, false), Arguments.of(head, true)));
  }

  private static String shown(String head) {
    return head.chars()
        .mapToObj(c -> c > ' ' && c < 0x7f ? String.valueOf((char) c) : "<%02x>".formatted(c))
        .collect(Collectors.joining());
  }

  private static void refused(Link link) throws IOException {
    Answer reply = link.receive("GET");
    assertThat(reply.status() + reply.code()).isEqualTo("400BadRequest");
    assertThat(reply.header("connection")).isEqualTo("close");
    assertThat(link.isClosed()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void a_hostile_head_is_refused(String head, boolean tls) throws IOException {
    try (Link link = attack.connect(tls)) {
      link.send(head.getBytes(ISO_8859_1));
      refused(link);
    }
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void a_hostile_head_behind_a_good_request_is_refused(String head, boolean tls)
      throws IOException {
    try (Link link = attack.connect(tls)) {
      link.send((GOOD + head).getBytes(ISO_8859_1));
      assertThat(link.receive("GET").text()).isEqualTo("live\n");
      refused(link);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_head_in_pieces_is_one_head(boolean tls) throws IOException {
    try (Link link = attack.connect(tls)) {
      for (int cut = 1; cut < GOOD.length(); cut += 7) {
        link.send(GOOD.substring(0, cut).getBytes(ISO_8859_1));
        link.pause();
        link.send(GOOD.substring(cut).getBytes(ISO_8859_1));
        assertThat(link.receive("GET").text()).isEqualTo("live\n");
      }
      link.send((START + "x: a").getBytes(ISO_8859_1));
      link.pause();
      link.send("\rb\r\n\r\n".getBytes(ISO_8859_1));
      refused(link);
    }
  }

  /** RFC 9112, section 2.2: at least one empty line before a request is ignored. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void an_empty_line_before_a_request_is_no_request(boolean tls) throws IOException {
    try (Link link = attack.connect(tls)) {
      link.send(("\r\n" + GOOD).getBytes(ISO_8859_1));
      assertThat(link.receive("GET").text()).isEqualTo("live\n");
      link.send("\r\n".getBytes(ISO_8859_1));
      link.pause();
      link.send(GOOD.substring(0, 10).getBytes(ISO_8859_1));
      link.pause();
      link.send(GOOD.substring(10).getBytes(ISO_8859_1));
      assertThat(link.receive("GET").text()).isEqualTo("live\n");
      link.send("\r".getBytes(ISO_8859_1));
      link.pause();
      link.send(("\n" + GOOD).getBytes(ISO_8859_1));
      assertThat(link.receive("GET").text()).isEqualTo("live\n");
    }
  }
}
