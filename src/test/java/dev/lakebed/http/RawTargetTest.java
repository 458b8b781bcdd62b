package dev.lakebed.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakebed.http.RawTarget.MalformedTargetException;
import dev.lakebed.support.Evidence;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9112 section 3.2: the target stays as it was sent. */
@Evidence({"rule-1", "rule-2"})
class RawTargetTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/b/a//b",
        "//b/a",
        "/b/a/../c",
        "/../../b",
        "/b/a%2Fb",
        "/b/a%5Cb",
        "/b/a\\b",
        "/b/a;x=1",
        "/b/%00",
        "/META-INF/x",
        "/b/{k}"
      })
  void the_path_is_kept_as_sent(String path) {
    assertThat(RawTarget.parse(path).path()).isEqualTo(path);
  }

  @Test
  void the_query_starts_at_the_first_question_mark() {
    assertThat(RawTarget.parse("/b/k?a=1?b=2")).isEqualTo(new RawTarget("/b/k", "a=1?b=2"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://host:1/b/k?x", "HTTPS://host/b/k?x"})
  void absolute_form_loses_its_authority(String target) {
    assertThat(RawTarget.parse(target)).isEqualTo(new RawTarget("/b/k", "x"));
  }

  @Test
  void absolute_form_without_a_path_is_the_root() {
    assertThat(RawTarget.parse("http://host?x")).isEqualTo(new RawTarget("/", "x"));
    assertThat(RawTarget.parse("http://host")).isEqualTo(new RawTarget("/", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/b/%zz", "/b/%", "/b/%4", "/%g0", "*", "b/k", ""})
  @Evidence("attack-18")
  void a_malformed_target_is_refused(String target) {
    assertThatThrownBy(() -> RawTarget.parse(target)).isInstanceOf(MalformedTargetException.class);
  }

  @Property
  void what_is_encoded_decodes_to_itself(@ForAll String text) {
    String clean = text.replaceAll("[\\uD800-\\uDFFF]", "x");
    assertThat(PercentEncoding.decode(PercentEncoding.encode(clean))).isEqualTo(clean);
    assertThat(PercentEncoding.decode(PercentEncoding.encodePath(clean))).isEqualTo(clean);
  }

  @Test
  void the_character_for_what_is_not_utf8_may_be_sent_itself() {
    assertThat(PercentEncoding.decode("a%EF%BF%BD+")).isEqualTo("a\uFFFD+");
    assertThat(PercentEncoding.decodeForm("a=%EF%BF%BD+%2B", 2, 15)).isEqualTo("\uFFFD +");
  }

  @Test
  void an_escape_does_not_reach_beyond_its_part_of_a_form() {
    assertThatThrownBy(() -> PercentEncoding.decodeForm("a%2&b", 0, 3))
        .isInstanceOf(MalformedTargetException.class);
    assertThatThrownBy(() -> PercentEncoding.decodeForm("a%411", 0, 3))
        .isInstanceOf(MalformedTargetException.class);
  }

  @Test
  void bytes_that_are_not_utf8_are_refused_as_text() {
    assertThatThrownBy(() -> PercentEncoding.decode("%ff"))
        .isInstanceOf(MalformedTargetException.class);
    assertThatThrownBy(() -> PercentEncoding.decode("%E0%A4"))
        .isInstanceOf(MalformedTargetException.class);
  }
}
