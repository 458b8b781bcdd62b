package dev.lakebed.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.support.Evidence;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Wildcards by IAM's rules: {@code *} any run, also none and across '/', {@code ?} one character.
 */
final class GlobTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          *        | ''      | true
          *        | a/b     | true
          a*       | a       | true
          a*       | b       | false
          *a       | ba      | true
          *a       | ab      | false
          a*a      | a       | false
          a*a      | aa      | true
          a?c      | abc     | true
          a?c      | ac      | false
          ?        | 😀      | true
          ??       | 😀      | false
          *??      | 😀      | false
          ?*       | ''      | false
          a*b*c    | a_b_b_c | true
          a*b*c    | a_c_b   | false
          *ab      | aab     | true
          a**b     | ab      | true
          k/*      | k/      | true
          k/*      | k       | false
          K        | k       | false
          """)
  void pattern_matches_whole_text(String pattern, String text, boolean matches) {
    assertThat(glob(pattern).matches(text)).isEqualTo(matches);
  }

  /** Long enough for the search that looks at many places at once. */
  @Property(tries = 500)
  void long_glob_equals_the_regular_expression_of_the_same_meaning(
      @ForAll @StringLength(min = 60, max = 200) @CharRange(from = 'a', to = 'b') String letters,
      @ForAll @StringLength(min = 300, max = 600) @CharRange(from = 'a', to = 'b') String text,
      @ForAll int wildcards,
      @ForAll @IntRange(max = 300) int from) {
    String found = text.substring(from, Math.min(text.length(), from + letters.length()));
    for (String piece : new String[] {sprinkle(letters, wildcards), found, letters}) {
      String pattern = "*" + piece.replace('*', '?') + "*";
      assertThat(glob(pattern).matches(text))
          .as("%s against %s", pattern, text)
          .isEqualTo(reference(pattern).matcher(text).matches());
    }
  }

  @Property(tries = 5000)
  void glob_equals_the_regular_expression_of_the_same_meaning(
      @ForAll @StringLength(max = 12) @CharRange(from = 'a', to = 'c') String letters,
      @ForAll @StringLength(max = 14) @CharRange(from = 'a', to = 'c') String text,
      @ForAll int wildcards) {
    String pattern = sprinkle(letters, wildcards);
    assertThat(glob(pattern).matches(text))
        .as("%s against %s", pattern, text)
        .isEqualTo(reference(pattern).matcher(text).matches());
  }

  @Property
  void glob_equals_the_reference_for_any_characters(
      @ForAll @StringLength(max = 8) String pattern, @ForAll @StringLength(max = 8) String text) {
    // The parser lets no half of a surrogate pair in.
    Assume.that(pattern.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE));
    assertThat(glob(pattern).matches(text)).isEqualTo(reference(pattern).matcher(text).matches());
  }

  /** Times are not asserted: an exponential matcher would not end within its life. */
  @Test
  @Evidence("attack-40")
  void two_hundred_stars_against_a_long_key_end() {
    String pattern = "*a".repeat(200);
    String key = "a".repeat(1024);
    assertThat(glob(pattern).matches(key)).isTrue();
    assertThat(glob(pattern + "b").matches(key)).isFalse();
    assertThat(glob("*" + "a".repeat(500) + "b*").matches(key)).isFalse();
  }

  /** Each piece is looked for once, from where the one before it ended: nothing is tried twice. */
  @ParameterizedTest
  @ValueSource(strings = {"a", "b"})
  @Evidence("attack-40")
  void two_hundred_stars_go_over_the_key_once(String end) {
    String key = "a".repeat(1023) + end;
    Steps steps = new Steps();
    Piece none = new Counted(new Piece.Exact(""), steps);
    Piece letter = new Counted(new Piece.Exact("a"), steps);
    Piece[] pieces =
        Stream.concat(Stream.of(none), Stream.generate(() -> letter).limit(200))
            .toArray(Piece[]::new);
    assertThat(new Glob(pieces).matches(key)).isEqualTo(end.equals("a"));
    assertThat(steps.calls).isLessThanOrEqualTo(201);
    assertThat(steps.characters).isLessThanOrEqualTo(key.length());
  }

  /** The same for pieces with {@code ?}, which are not found by the search of the JDK. */
  @ParameterizedTest
  @CsvSource({"a,?a,true", "b,?a,false", "a,a?a,true", "b,a?a,false", "a,???,true", "b,???,true"})
  @Evidence("attack-40")
  void two_hundred_pieces_of_question_marks_go_over_the_key_once(
      String end, String letters, boolean matches) {
    String key = "a".repeat(1023) + end;
    Steps steps = new Steps();
    Piece none = new Counted(new Piece.Exact(""), steps);
    Piece piece = new Counted(flexible(letters), steps);
    Piece[] pieces =
        Stream.concat(Stream.of(none), Stream.generate(() -> piece).limit(200))
            .toArray(Piece[]::new);
    assertThat(new Glob(pieces).matches(key)).isEqualTo(matches);
    assertThat(steps.calls).isLessThanOrEqualTo(201);
    assertThat(steps.characters).isLessThanOrEqualTo(key.length());
  }

  /** A piece that fits nowhere ends the search: no star before it is moved. */
  @Test
  @Evidence("attack-40")
  void a_piece_of_question_marks_that_fits_nowhere_is_looked_for_once() {
    String key = "a".repeat(1024);
    Steps steps = new Steps();
    Piece none = new Counted(new Piece.Exact(""), steps);
    Piece good = new Counted(flexible("?a"), steps);
    Piece bad = new Counted(flexible("?b"), steps);
    Piece[] pieces =
        Stream.of(
                Stream.of(none),
                Stream.generate(() -> good).limit(100),
                Stream.of(bad),
                Stream.generate(() -> good).limit(100))
            .flatMap(part -> part)
            .toArray(Piece[]::new);
    assertThat(new Glob(pieces).matches(key)).isFalse();
    assertThat(steps.calls).as("none, the end, 100 that fit, the one that does not").isEqualTo(103);
    assertThat(steps.characters).isLessThanOrEqualTo(key.length());
  }

  /** As the parser makes them. Times are not asserted: backtracking would not end. */
  @Test
  @Evidence("attack-40")
  void two_hundred_stars_with_question_marks_against_a_long_key_end() {
    String key = "a".repeat(1024);
    assertThat(glob("*?a".repeat(200)).matches(key)).isTrue();
    assertThat(glob("*?a".repeat(200) + "?b").matches(key)).isFalse();
    assertThat(glob("*a?".repeat(200) + "*b?*").matches(key)).isFalse();
    assertThat(glob("*?".repeat(1024)).matches(key)).isTrue();
    assertThat(glob("*?".repeat(1025)).matches(key)).isFalse();
    assertThat(glob("*" + "?".repeat(500) + "b*").matches(key)).isFalse();
  }

  private static Piece flexible(String letters) {
    return new Piece.Flexible(
        letters.chars().map(c -> c == '?' ? Piece.Flexible.ANY_ONE : c).toArray());
  }

  private static final class Steps {
    private int calls;
    private int characters;
  }

  /** Counts how often a piece is looked for, and over how many characters. */
  private record Counted(Piece piece, Steps steps) implements Piece {
    @Override
    public int matchAt(String text, int from, int to) {
      return counted(piece.matchAt(text, from, to), from, from);
    }

    @Override
    public int find(String text, int from, int to) {
      return counted(piece.find(text, from, to), from, to);
    }

    @Override
    public int matchBefore(String text, int from, int to) {
      steps.calls++;
      steps.characters++;
      return piece.matchBefore(text, from, to);
    }

    @Override
    public int shortest() {
      return piece.shortest();
    }

    @Override
    public int effort() {
      return piece.effort();
    }

    private int counted(int end, int from, int to) {
      steps.calls++;
      steps.characters += (end < 0 ? to : end) - from;
      return end;
    }
  }

  private static Glob glob(String pattern) {
    return Glob.of(PatternPart.wildcards(pattern));
  }

  /** Replaces letters by wildcards, chosen by the bits of a number. */
  private static String sprinkle(String letters, int bits) {
    StringBuilder pattern = new StringBuilder();
    for (int i = 0; i < letters.length(); i++) {
      switch ((bits >>> (2 * i)) & 3) {
        case 0 -> pattern.append('*');
        case 1 -> pattern.append('?');
        default -> pattern.append(letters.charAt(i));
      }
    }
    return pattern.toString();
  }

  private static Pattern reference(String pattern) {
    List<String> pieces =
        pattern
            .codePoints()
            .mapToObj(
                c ->
                    switch (c) {
                      case '*' -> ".*";
                      case '?' -> ".";
                      default -> "\\x{" + Integer.toHexString(c) + "}";
                    })
            .toList();
    return Pattern.compile(pieces.stream().collect(Collectors.joining()), Pattern.DOTALL);
  }
}
