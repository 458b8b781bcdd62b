package dev.lakebed.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 5234, DIGIT: the ten ASCII digits and nothing else. */
class DecimalTest {
  @Test
  void digits_are_a_number() {
    assertThat(Decimal.parse("0")).hasValue(0);
    assertThat(Decimal.parse("007")).hasValue(7);
    assertThat(Decimal.parse("999999999999999999")).hasValue(999_999_999_999_999_999L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "+1",
        "-1",
        " 1",
        "1 ",
        "1.0",
        "1e3",
        "0x1",
        "1_000",
        "\u0661",
        "\uff11",
        "\u0967",
        "1000000000000000000"
      })
  void anything_else_is_not(String text) {
    assertThat(Decimal.parse(text)).isEmpty();
    assertThat(Decimal.parse(text, 0, 10)).isEmpty();
  }

  @Test
  void a_number_outside_the_range_is_none() {
    assertThat(Decimal.parse("900", 900, 43_200)).hasValue(900);
    assertThat(Decimal.parse("899", 900, 43_200)).isEmpty();
    assertThat(Decimal.parse("43201", 900, 43_200)).isEmpty();
    assertThat(Decimal.parse("99999999999", 0, Integer.MAX_VALUE)).isEmpty();
  }
}
