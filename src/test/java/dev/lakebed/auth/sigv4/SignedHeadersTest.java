package dev.lakebed.auth.sigv4;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.auth.sigv4.CanonicalRequest.SignedHeaders;
import dev.lakebed.support.Evidence;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SignedHeadersTest {
  /** An object may have more than a hundred fields of metadata of its own. */
  @Test
  @Evidence("rule-17")
  void every_field_of_a_request_can_be_signed() {
    String names =
        IntStream.range(0, 900).mapToObj(i -> "x-amz-meta-" + i).collect(Collectors.joining(";"));
    assertThat(SignedHeaders.parse(names).orElseThrow().names())
        .hasSize(900)
        .endsWith("x-amz-meta-899");
  }
}
