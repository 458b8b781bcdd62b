package dev.lakebed.policy;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

/** The search of the JDK is the reference. */
final class LinearSearchTest {
  @Property
  void finds_what_the_jdk_finds(
      @ForAll @StringLength(min = 1, max = 6) @CharRange(from = 'a', to = 'b') String literal,
      @ForAll @StringLength(max = 40) @CharRange(from = 'a', to = 'b') String text,
      @ForAll @IntRange(max = 40) int from,
      @ForAll @IntRange(max = 40) int to) {
    int end = Math.min(to, text.length());
    int begin = Math.min(from, end);
    int found = text.indexOf(literal, begin, end);
    assertThat(LinearSearch.find(literal, text, begin, end))
        .isEqualTo(found < 0 ? -1 : found + literal.length());
  }
}
