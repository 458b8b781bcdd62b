package dev.lakebed.s3.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakebed.s3.rest.S3Error.S3Exception;
import dev.lakebed.s3.rest.XmlReader.XmlElement;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XmlReaderTest {
  private static XmlElement read(String document) {
    return XmlReader.read(document.getBytes(UTF_8), "Delete");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<Delete><Quiet>true</Quiet></Delete>",
        "<Delete xmlns='http://s3.amazonaws.com/doc/2006-03-01/'><Quiet>true</Quiet></Delete>",
        "<s3:Delete xmlns:s3='http://s3.amazonaws.com/doc/2006-03-01/'>"
            + "<s3:Quiet>true</s3:Quiet></s3:Delete>",
        "<Delete><a:Quiet xmlns:a='x'>true</a:Quiet></Delete>"
      })
  void elements_are_found_in_any_name_space(String document) {
    assertThat(read(document).children())
        .singleElement()
        .satisfies(
            quiet -> {
              assertThat(quiet.name()).isEqualTo("Quiet");
              assertThat(quiet.text()).isEqualTo("true");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<s3:Delete/>",
        "<Delete><a:Quiet/></Delete>",
        "<Delete><a:Quiet xmlns:a='x'/><a:Quiet/></Delete>",
        "<:Delete/>",
        "<Delete:/>"
      })
  void a_prefix_that_is_not_declared_is_malformed(String document) {
    assertThatThrownBy(() -> read(document))
        .isInstanceOfSatisfying(
            S3Exception.class, e -> assertThat(e.error().code()).isEqualTo("MalformedXML"));
  }

  /** The JDK compares each with all before it: 320,000 took half a minute. */
  @Test
  void more_than_a_few_name_spaces_of_one_element_are_malformed() {
    assertThat(read("<Delete " + nameSpaces(64) + "/>").children()).isEmpty();
    assertThatThrownBy(() -> read("<Delete " + nameSpaces(65) + "/>"))
        .isInstanceOfSatisfying(
            S3Exception.class, e -> assertThat(e.error().code()).isEqualTo("MalformedXML"));
  }

  private static String nameSpaces(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "xmlns:a" + i + "='x'")
        .collect(Collectors.joining(" "));
  }
}
