package dev.lakebed.policy;

import dev.lakebed.policy.Glob.ArnGlob;
import dev.lakebed.policy.Keys.Effort;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** How the text of an element is compared. */
enum MatchStyle {
  /** Character by character; wildcards are literals. */
  EXACT(false, MatchStyle::exact, text -> true),
  /**
   * Like {@link #EXACT} without regard to case. No letter beyond ASCII is one of ASCII: a dotless i
   * is no i, and the Kelvin sign no k.
   */
  IGNORE_CASE(false, MatchStyle::ignoringCase, text -> true),
  /** One glob over the whole text, case matters. */
  GLOB(true, Glob::of, text -> text.length() <= MatchStyle.LONGEST),
  /** Part by part. */
  ARN(true, ArnGlob::of, ArnGlob::isArn);

  /**
   * Nothing that a request says has more letters for good reason; a header of 8,000, compared with
   * all that a policy can hold, would cost a tenth of a second.
   */
  private static final int LONGEST = 2048;

  private final boolean wildcards;

  // Lambdas without state; the checker cannot see that.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Function<List<PatternPart>, TextMatcher> compiler;

  @SuppressWarnings("ImmutableEnumChecker")
  private final Predicate<String> readable;

  MatchStyle(
      boolean wildcards,
      Function<List<PatternPart>, TextMatcher> compiler,
      Predicate<String> readable) {
    this.wildcards = wildcards;
    this.compiler = compiler;
    this.readable = readable;
  }

  private static TextMatcher exact(List<PatternPart> parts) {
    String expected = text(parts);
    return (text, effort) -> text.equals(expected);
  }

  private static TextMatcher ignoringCase(List<PatternPart> parts) {
    String expected = text(parts);
    return (text, effort) -> {
      boolean sameLength = text.length() == expected.length();
      effort.spend(sameLength ? text.length() : 0);
      return sameLength
          && IntStream.range(0, text.length())
              .allMatch(i -> lower(text.charAt(i)) == lower(expected.charAt(i)));
    };
  }

  private static char lower(char letter) {
    char lower = Character.toLowerCase(letter);
    return lower < 128 && letter >= 128 ? letter : lower;
  }

  boolean wildcards() {
    return wildcards;
  }

  /** Compiles parts in which no variable is left. */
  TextMatcher compile(List<PatternPart> parts) {
    return compiler.apply(parts);
  }

  /** Whether the text could match, when stars stand for what is not known; true in doubt. */
  boolean canMatch(List<PatternPart> parts, String text, Effort effort) {
    return this == IGNORE_CASE || GLOB.compile(parts).matches(text, effort);
  }

  /** Whether a value of a request can be compared in this way. */
  boolean reads(String text) {
    return readable.test(text);
  }

  /** How every text begins that matches these parts, as far as their first literal says. */
  String prefix(List<PatternPart> parts) {
    return this != IGNORE_CASE && parts.getFirst() instanceof PatternPart.Literal first
        ? first.text()
        : "";
  }

  static String text(List<PatternPart> parts) {
    StringBuilder text = new StringBuilder();
    for (PatternPart part : parts) {
      if (!(part instanceof PatternPart.Literal literal)) {
        throw new IllegalArgumentException("not a literal: " + part);
      }
      text.append(literal.text());
    }
    return text.toString();
  }

  @FunctionalInterface
  interface TextMatcher {
    boolean matches(String text, Effort effort);

    default boolean matches(String text) {
      return matches(text, Effort.FREE);
    }
  }
}
