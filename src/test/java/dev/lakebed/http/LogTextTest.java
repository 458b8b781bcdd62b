package dev.lakebed.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Nobody writes lines or moves the cursor in a log of Lakebed (CWE-117, CWE-150). */
class LogTextTest {
  private static final String HOSTILE =
      "a\r\nb\u001b[2Jc\u009b1md\u007fe\u2028f\u202eg\u200bh\u0000";

  @Test
  void what_commands_is_shown_as_a_question_mark() {
    assertThat(LogText.of(HOSTILE)).isEqualTo("a??b?[2Jc?1md?e?f?g?h?");
    assertThat(LogText.of("\u00e9\u20ac \ud83d\ude00")).isEqualTo("\u00e9\u20ac \ud83d\ude00");
    assertThat(LogText.of("x".repeat(5000))).hasSize(2048);
  }

  @Test
  void json_says_the_same_with_escapes() {
    assertThat(LogText.ofJson("{\"a\":\"\u009b\u202e\u007f\u00e9\"}"))
        .isEqualTo("{\"a\":\"\\u009b\\u202e\\u007f\u00e9\"}");
  }
}
