package dev.lakebed.operation.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A form says of every text what its regular expression says. */
class TextFormTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "[\\w+=,.@-]*",
        "[\\t\\n\\r\\x20-\\x{10FFFF}]*",
        "[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*",
        "[^\\p{Cntrl}]*",
        "[\\s\\S]*",
        "[a\\]]*",
        "[a]*]*",
        "[a[bc]]*",
        "[a]*|[bc]*",
        "[a-c]",
        "[a-c]+",
        "(\\u002F)|(\\u002F[\\u0021-\\u007F]+\\u002F)",
        "\\Qab\\E|\\Qc\\E"
      })
  void a_form_takes_what_its_expression_takes(String expression) {
    TextForm form = TextForm.of(expression);
    Pattern pattern = Pattern.compile(expression);
    IntStream.concat(IntStream.range(0, 0x300), IntStream.of(0xD800, 0xFFFF, 0x1F600))
        .mapToObj(Character::toString)
        .flatMap(c -> Stream.of("", c, c + c, "a" + c, c + "b", "/" + c + "/"))
        .forEach(
            text ->
                assertThat(form.matches(text)).as(text).isEqualTo(pattern.matcher(text).matches()));
  }
}
