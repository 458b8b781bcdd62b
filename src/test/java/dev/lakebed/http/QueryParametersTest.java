package dev.lakebed.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.http.QueryParameters.Parameter;
import dev.lakebed.support.Evidence;
import org.junit.jupiter.api.Test;

/** A bare name equals an empty value, plus is a plus. */
@Evidence({"rule-9", "rule-16"})
class QueryParametersTest {
  @Test
  void a_bare_name_and_an_empty_value_are_the_same() {
    assertThat(QueryParameters.parse("uploads").all())
        .isEqualTo(QueryParameters.parse("uploads=").all())
        .containsExactly(new Parameter("uploads", ""));
  }

  @Test
  void order_and_repetition_are_kept() {
    assertThat(QueryParameters.parse("b=2&a=1&b=3").all())
        .containsExactly(new Parameter("b", "2"), new Parameter("a", "1"), new Parameter("b", "3"));
  }

  @Test
  void a_plus_is_literal_and_escapes_are_decoded_once() {
    assertThat(QueryParameters.parse("p=a+b%20%252F").first("p")).contains("a+b %2F");
  }

  @Test
  void names_are_case_sensitive() {
    assertThat(QueryParameters.parse("Prefix=x").has("prefix")).isFalse();
  }
}
