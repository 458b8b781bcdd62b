package dev.lakebed.policy;

import dev.lakebed.policy.Glob.ArnGlob;
import dev.lakebed.policy.Keys.Effort;
import java.util.List;
import java.util.stream.IntStream;

/** How the text of an element is compared. */
enum MatchStyle {
  /** Character by character; wildcards are literals. */
  EXACT(false) {
    @Override
    TextMatcher compile(List<PatternPart> parts) {
      String expected = text(parts);
      return (text, effort) -> text.equals(expected);
    }
  },
  /**
   * Like {@link #EXACT} without regard to case. No letter beyond ASCII is one of ASCII: a dotless i
   * is no i, and the Kelvin sign no k.
   */
  IGNORE_CASE(false) {
    @Override
    TextMatcher compile(List<PatternPart> parts) {
      String expected = text(parts);
      return (text, effort) -> {
        boolean sameLength = text.length() == expected.length();
        effort.spend(sameLength ? text.length() : 0);
        return sameLength
            && IntStream.range(0, text.length())
                .allMatch(i -> lower(text.charAt(i)) == lower(expected.charAt(i)));
      };
    }

    @Override
    boolean canMatch(List<PatternPart> parts, String text, Effort effort) {
      return true;
    }
  },
  /** One glob over the whole text, case matters. */
  GLOB(true) {
    @Override
    TextMatcher compile(List<PatternPart> parts) {
      return Glob.of(parts);
    }

    @Override
    boolean reads(String text) {
      return text.length() <= LONGEST;
    }
  },
  ARN(true) {
    @Override
    TextMatcher compile(List<PatternPart> parts) {
      return ArnGlob.of(parts);
    }

    @Override
    boolean reads(String text) {
      return ArnGlob.isArn(text);
    }
  };

  /**
   * Nothing that a request says has more letters for good reason; a header of 8,000, compared with
   * all that a policy can hold, would cost a tenth of a second.
   */
  private static final int LONGEST = 2048;

  private static char lower(char letter) {
    char lower = Character.toLowerCase(letter);
    return lower < 128 && letter >= 128 ? letter : lower;
  }

  private final boolean wildcards;

  MatchStyle(boolean wildcards) {
    this.wildcards = wildcards;
  }

  boolean wildcards() {
    return wildcards;
  }

  /** Compiles parts in which no variable is left. */
  abstract TextMatcher compile(List<PatternPart> parts);

  /** Whether the text could match, when stars stand for what is not known; true in doubt. */
  boolean canMatch(List<PatternPart> parts, String text, Effort effort) {
    return GLOB.compile(parts).matches(text, effort);
  }

  /** Whether a value of a request can be compared in this way. */
  boolean reads(String text) {
    return true;
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
