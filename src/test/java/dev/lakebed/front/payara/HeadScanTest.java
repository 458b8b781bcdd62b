package dev.lakebed.front.payara;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.front.payara.HeadScan.Verdict;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9112, sections 2 to 6, and RFC 9110, section 5, byte by byte. */
class HeadScanTest {
  private static final String START = "PUT /b/k HTTP/1.1\r\nHost: h\r\n";

  /** The verdict on the last byte; those before it must be good so far. */
  private static Verdict scan(String head) {
    HeadScan scan = new HeadScan();
    byte[] bytes = head.getBytes(ISO_8859_1);
    for (int i = 0; i < bytes.length; i++) {
      Verdict verdict = scan.next(bytes[i]);
      if (verdict != Verdict.MORE) {
        assertThat(verdict == Verdict.BAD || i == bytes.length - 1).isTrue();
        return verdict;
      }
    }
    return Verdict.MORE;
  }

  @ParameterizedTest(name = "{index}")
  @ValueSource(
      strings = {
        "GET / HTTP/1.0\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET HTTPS://[::1]:8333?x HTTP/1.1\r\nHost: h:\r\n\r\n",
        "GET /b/http://:x HTTP/1.1\r\nHost: 10.0.0.1:65535\r\n\r\n",
        "GET /b/k HTTP/1.0\r\nHost: h\r\n\r\n",
        "PROPFIND /b/a\\b|c<d>%zz?x=\"y\" HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET /b/\u00e4 HTTP/1.1\r\nHost: [::1]:8333\r\n\r\n",
        "GET http://h/b/k HTTP/1.1\r\nHost: bucket.h_1.example:80\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: h.\r\nx-empty:\r\nx-blank: \t \r\n\r\n",
        "GET / HTTP/1.1\r\nHost:h \r\nx-tab:\ta\tb\t\r\n\r\n",
        "PUT / HTTP/1.1\r\nHost: h\r\nContent-Length:\t007 \r\n\r\n",
        "PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nHost: h\r\n\r\n",
        "PUT / HTTP/1.1\r\nHost: h\r\nContent-Length-Of: +5\r\nx-content-length: a\r\n\r\n",
        "PUT / HTTP/1.1\r\nHost: h\r\nx-amz-meta-n: caf\u00c3\u00a9\r\n\r\n"
      })
  void what_clients_send_is_a_head(String head) {
    assertThat(scan(head)).isEqualTo(Verdict.COMPLETE);
  }

  @ParameterizedTest(name = "{index}")
  @ValueSource(
      strings = {
        " GET / HTTP/1.1\r\n",
        "\nGET / HTTP/1.1\r\n",
        "\r\n\r\nGET / HTTP/1.1\r\n",
        "G\u00e4T / HTTP/1.1\r\n",
        "G(T / HTTP/1.1\r\n",
        "GET  / HTTP/1.1\r\n",
        "GET\t/ HTTP/1.1\r\n",
        "GET / b HTTP/1.1\r\n",
        "GET /a\u0000b HTTP/1.1\r\n",
        "GET /a\u0001b HTTP/1.1\r\n",
        "GET /a\u007fb HTTP/1.1\r\n",
        "GET /a\tb HTTP/1.1\r\n",
        "GET /\r\n",
        "GET / \r\n",
        "GET /  HTTP/1.1\r\n",
        "GET / HTTP/1.1 \r\n",
        "GET / HTTP/11\r\n",
        "GET / http/1.1\r\n",
        "GET / HTTP/1.1\n",
        "GET / HTTP/1.1\r\r\n",
        "GET / HTTP/1.1\r\nHost: h\n",
        "GET / HTTP/1.1\r\n x: y\r\n",
        "GET / HTTP/1.1\r\n\rx",
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/2.0\r\n",
        "GET foo HTTP/1.1\r\n",
        "GET h:80 HTTP/1.1\r\n",
        "GET ftp://h/b/k HTTP/1.1\r\n",
        "GET http:///b/k HTTP/1.1\r\n",
        "GET http://h:x/b/k HTTP/1.1\r\n",
        "GET http://u@h/b/k HTTP/1.1\r\n",
        "GET http:// HTTP/1.1\r\n"
      })
  void a_start_that_is_none_is_refused(String head) {
    assertThat(scan(head)).isEqualTo(Verdict.BAD);
  }

  @ParameterizedTest(name = "{index}")
  @ValueSource(
      strings = {
        "x: a\rb\r\n",
        "x: a\u0000b\r\n",
        "x: a\u0008b\r\n",
        "x: a\u007fb\r\n",
        "x: a\nb: c\r\n",
        "x: a\r\r\n",
        "x : a\r\n",
        "x\t: a\r\n",
        "x y: a\r\n",
        "no colon\r\n",
        "nocolon\r\n",
        "nocolon\r\nx: y\r\n",
        ": a\r\n",
        "x(y): a\r\n",
        "x\u00e4: a\r\n",
        "x\"y: a\r\n",
        "x: a\r\n b\r\n",
        "x: a\r\n\tb\r\n",
        "x: a\r\n \r\n",
        "Host:\r\n",
        "Host: \t\r\n",
        "Host: :22000\r\n",
        "Host: ::1\r\n",
        "Host: h:-1\r\n",
        "Host: h:abc\r\n",
        "Host: h:80.\r\n",
        "Host: h:80:80\r\n",
        "Host: h:65536\r\n",
        "Host: h:2147483648\r\n",
        "Host: [::1\r\n",
        "Host: []\r\n",
        "Host: [1.2.3.4]\r\n",
        "Host: [::1]:x\r\n",
        "Host: [::1]x\r\n",
        "Host: h%zz\r\n",
        "Host: a b\r\n",
        "Host: a/b\r\n",
        "Host: user@b\r\n",
        "Host: a\\b\r\n",
        "Host: \u00e4\r\n",
        "Content-Length: +5\r\n",
        "Content-Length: -5\r\n",
        "Content-Length: 5, 5\r\n",
        "Content-Length: 5 5\r\n",
        "Content-Length: 0x5\r\n",
        "Content-Length: 5.0\r\n",
        "Content-Length:\r\n",
        "Content-Length: \u0665\r\n",
        "content-LENGTH: 9999999999999999999\r\n"
      })
  void a_field_that_is_none_is_refused(String field) {
    assertThat(scan(START + field)).isEqualTo(Verdict.BAD);
  }

  @ParameterizedTest(name = "{index}")
  @CsvSource({
    "1.1, 'Content-Length: 5|Content-Length: 5'",
    "1.1, 'Content-Length: 5|Content-Length: 6'",
    "1.1, 'Content-Length: 5|Transfer-Encoding: chunked'",
    "1.1, 'Transfer-Encoding: chunked|Content-Length: 5'",
    "1.1, 'Transfer-Encoding: chunked|Transfer-Encoding: chunked'",
    "1.0, 'Transfer-Encoding: chunked'"
  })
  void a_head_with_two_ends_is_refused(String version, String fields) {
    String lines = fields.replace("|", "\r\n");
    assertThat(scan("PUT / HTTP/" + version + "\r\nHost: h\r\n" + lines + "\r\n\r\n"))
        .isEqualTo(Verdict.BAD);
  }

  /** The first and the second half of a head in pieces are the same head. */
  @ParameterizedTest(name = "{index}")
  @ValueSource(strings = {"", "GE", "GET /b", "GET / HTTP/1.", "GET / HTTP/1.1\r\nHo"})
  void a_part_of_a_head_needs_more(String part) {
    assertThat(scan(part)).isEqualTo(Verdict.MORE);
  }
}
