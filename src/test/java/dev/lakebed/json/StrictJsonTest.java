package dev.lakebed.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.lakebed.json.JsonPlace.MalformedJsonException;
import dev.lakebed.json.StrictJson.JsonLimits;
import jakarta.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the reader of JSON takes and refuses: RFC 8259, sections 2, 4, 8.1 and 9. */
class StrictJsonTest {
  private static final JsonLimits LIMITS = new JsonLimits(200, 3, 10, 8);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"a":1,"a":2}             | 1 | 8  | duplicate element "a"
          {"a":{"b":1,"\\u0062":2}} | 1 | 13 | duplicate element "b"
          {"a":1e600000000}         | 1 | 6  | a number has too many digits
          {"a":1E-99999999999}      | 1 | 6  | a number has too many digits
          {"a":[[[1]]]}             | 1 | 8  | the document nests deeper than 3 levels
          {"abcdefghijk":1}         | 1 | 2  | a name is longer than 10 characters
          {"a":[1,2,3,4,5,6,7]}     | 1 | 19 | the document has more than 8 values
          {"a":1}{                  | 1 | 8  | text follows the document
          {"a":1} x                 | 1 | 9  | text follows the document
          {"a":                     | 1 | 6  | the document is not valid JSON
          {"a":"\\ud800"}           | 1 | 6  | malformed Unicode
          {"\\udc00":1}             | 1 | 2  | malformed Unicode
          [1]                       | 1 | 1  | the document must be an object
          """)
  void is_refused_with_its_place(String text, int line, int column, String reason) {
    assertThatThrownBy(() -> StrictJson.object(text, LIMITS))
        .isInstanceOfSatisfying(
            MalformedJsonException.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(reason);
              assertThat(refused.place().line()).isEqualTo(line);
              assertThat(refused.place().column()).isEqualTo(column);
            });
  }

  @ParameterizedTest
  @CsvSource({"NaN", "01", "+1", "1.", "'\"a\u0000\"'", "'\"\t\"'", "/**/1", "'1,'", "tru", "''"})
  void what_is_no_json_is_refused(String value) {
    assertThatThrownBy(() -> StrictJson.object("{\"a\":" + value + "}", LIMITS))
        .isInstanceOf(MalformedJsonException.class);
  }

  @Test
  void numbers_within_the_limit_keep_their_value() {
    JsonObject read = StrictJson.object("{\"a\":1e999,\"b\":-0.5,\"c\":12}", LIMITS);
    assertThat(read.getJsonNumber("a").bigDecimalValue().precision()).isEqualTo(1);
    assertThat(read.getJsonNumber("b").doubleValue()).isEqualTo(-0.5);
    assertThat(read.getInt("c")).isEqualTo(12);
  }

  @Test
  void a_text_over_the_limit_or_not_in_utf_8_is_refused() {
    assertThatThrownBy(() -> StrictJson.object("{}" + " ".repeat(200), LIMITS))
        .isInstanceOf(MalformedJsonException.class)
        .hasMessageContaining("longer than 200");
    assertThatThrownBy(() -> StrictJson.object(new byte[] {'{', '"', (byte) 0xff, '"'}, LIMITS))
        .isInstanceOf(MalformedJsonException.class)
        .hasMessageContaining("UTF-8");
  }

  /** What once took the square of its length: long names, long lists, deep and broken texts. */
  static Stream<String> costly() {
    String name = "n".repeat(500_000);
    String list = "[" + "1,".repeat(270_000) + "1]";
    return Stream.of(
        "{\"" + name + "\":" + list + "}",
        "{\"" + "n".repeat(4000) + "\":" + list + "}",
        "{\"a\":" + "[".repeat(1 << 19),
        "{\"a\":" + "{\"a\":".repeat(200_000),
        "{\"a\":\"" + "\\n".repeat(500_000),
        "{\"a\":" + "9".repeat(1 << 20) + "}",
        "{\"a\":1" + " ".repeat(1 << 20) + "}",
        "{" + "\"a\":1,".repeat(170_000) + "}",
        "{\"a\":" + "\n".repeat(1 << 20) + "x}");
  }

  /** Counted in bytes that are allocated, which no slow machine changes. */
  @ParameterizedTest
  @MethodSource("costly")
  void costs_are_linear_in_the_length_of_the_text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = thread.getCurrentThreadAllocatedBytes();
    assertThatThrownBy(() -> StrictJson.object(bytes, JsonLimits.REQUEST))
        .isInstanceOf(MalformedJsonException.class);
    assertThat(thread.getCurrentThreadAllocatedBytes() - before)
        .isLessThan(200L * bytes.length + (4 << 20));
  }

  /** The largest that is taken: as many values as there may be. */
  @Test
  void a_document_of_the_most_values_costs_a_bounded_amount() {
    String text = "{\"a\":[" + "1,".repeat(JsonLimits.REQUEST.values() - 3) + "1]}";
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = thread.getCurrentThreadAllocatedBytes();
    assertThat(StrictJson.object(text, JsonLimits.REQUEST).getJsonArray("a")).hasSize(99_998);
    assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(400L * text.length());
  }
}
