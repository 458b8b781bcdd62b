package dev.lakebed.front.payara;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.front.payara.ChunkScan.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9112, section 7.1, byte by byte. */
class ChunkScanTest {
  /** The data, a bar and what the verdict on the last byte was. */
  private static String scan(String body) {
    ChunkScan scan = new ChunkScan();
    StringBuilder data = new StringBuilder();
    byte[] bytes = body.getBytes(ISO_8859_1);
    for (int i = 0; i < bytes.length; i++) {
      if (scan.data() > 0) {
        data.append((char) bytes[i]);
        scan.took(1);
        continue;
      }
      Verdict verdict = scan.next(bytes[i]);
      if (verdict != Verdict.MORE) {
        return data + "|" + verdict + (verdict == Verdict.END ? bytes.length - i - 1 : "");
      }
    }
    return data + "|" + Verdict.MORE;
  }

  private static String shown(String escaped) {
    return escaped.replace("~", "\r\n").replace("%0d", "\r").replace("%0a", "\n");
  }

  @ParameterizedTest
  @CsvSource({
    "0~~, |END0",
    "5~hello~0~~, hello|END0",
    "5~hello~0~~GET /, hello|END5",
    "0005~hello~000~~, hello|END0",
    "3~hel~2~lo~0~~, hello|END0",
    "a~0123456789~0~~, 0123456789|END0",
    "4~0%0d%0a3~0~~, '0\r\n3|END0'",
    "5;name=\"a value\"~hello~0;last~~, hello|END0",
    "5 ;n=v~hello~0~x-trailer: v~y:~~, hello|END0",
    "5;n~hello~0~~, hello|END0",
    "5\t; n = v ;m~hello~0~~, hello|END0",
    "5;n=\"a;\\\"b\" ;m=\"\"~hello~0~~, hello|END0",
    "0~x-host: h~content-lengths: 1~~, |END0",
    "5~hel, hel|MORE",
    "5, |MORE"
  })
  void a_body_ends_where_its_last_chunk_says(String body, String expected) {
    assertThat(scan(shown(body))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "~5~hello~0~~",
        " 5~hello~0~~",
        "5%0ahello~0~~",
        "5%0dhello~0~~",
        "5%0d%0d%0ahello~0~~",
        "+5~hello~0~~",
        "-5~hello~0~~",
        "0x5~hello~0~~",
        "5h~hello~0~~",
        ";x~hello~0~~",
        "\u00b2~he~0~~",
        "fffffffffffffffff~hello~0~~",
        "0000000000000000~~",
        "5~helloX~0~~",
        "5~hello%0a0~~",
        "5~hello0~~",
        "2f;~hello~0~~",
        "5 ~hello~0~~",
        "5 x~hello~0~~",
        "5;;n~hello~0~~",
        "5;n~hello~0;~~",
        "5;n ~hello~0~~",
        "5;n=~hello~0~~",
        "5;=v~hello~0~~",
        "5;n=\"v~hello~0~~",
        "5;n=\"v\\~hello~0~~",
        "5;n=\"v\"w~hello~0~~",
        "5;n=\"a\u0000b\"~hello~0~~",
        "5;a\u0000b~hello~0~~",
        "5;a%0ab~hello~0~~",
        "0~ folded: v~~",
        "0~: v~~",
        "0~no colon~~",
        "0~x~~",
        "0~x : v~~",
        "0~Content-Length: 5~~",
        "0~transfer-encoding: chunked~~",
        "0~HOST: h~~",
        "0~x: v~Authorization: AWS4-HMAC-SHA256~~",
        "0~x: a%0ab~~",
        "0~x: a%0d~",
        "0~%0a"
      })
  void a_body_with_two_readings_is_refused(String body) {
    assertThat(scan(shown(body))).endsWith("|BAD");
  }

  @Test
  void what_nobody_keeps_is_bounded() {
    assertThat(scan("1;" + "x".repeat(16 << 10) + "y")).isEqualTo("|BAD");
    assertThat(scan(("1;" + "x".repeat(1000) + "\r\na\r\n").repeat(17))).endsWith("|BAD");
    assertThat(scan("0\r\nx:" + "x".repeat(16 << 10))).isEqualTo("|BAD");
  }
}
