package dev.lakebed.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakebed.http.Request.MalformedRequestException;
import dev.lakebed.support.Evidence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9112 section 6.3: framing that two readers could read differently. */
class FramingTest {
  @Test
  void no_framing_header_means_no_body() {
    assertThat(Framing.length(Headers.NONE)).hasValue(0);
  }

  @Test
  void a_chunked_body_has_no_known_length() {
    assertThat(Framing.length(headers("Transfer-Encoding", "Chunked"))).isEmpty();
  }

  @Test
  void content_length_is_taken_literally() {
    assertThat(Framing.length(headers("Content-Length", "5497558138880"))).hasValue(5497558138880L);
  }

  @ParameterizedTest
  @CsvSource({
    "content-length,5,transfer-encoding,chunked",
    "content-length,5,content-length,5",
    "transfer-encoding,chunked,transfer-encoding,chunked",
    "host,a,host,b"
  })
  @Evidence("attack-63")
  void contradictory_or_doubled_headers_are_refused(
      String name, String value, String otherName, String otherValue) {
    Headers headers = Headers.builder().add(name, value).add(otherName, otherValue).build();
    assertThatThrownBy(() -> Framing.length(headers)).isInstanceOf(MalformedRequestException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "transfer-encoding,'gzip, chunked'",
    "transfer-encoding,identity",
    "content-length,+5",
    "content-length,-1",
    "content-length,0x5",
    "content-length,9999999999999999999"
  })
  @Evidence("attack-63")
  void variants_of_framing_are_refused(String name, String value) {
    assertThatThrownBy(() -> Framing.length(headers(name, value)))
        .isInstanceOf(MalformedRequestException.class);
  }

  private static Headers headers(String name, String value) {
    return Headers.builder().add(name, value).build();
  }
}
