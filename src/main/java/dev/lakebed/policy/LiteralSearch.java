package dev.lakebed.policy;

/**
 * Finds a literal in a text without looking back (Knuth, Morris and Pratt, "Fast pattern matching
 * in strings", 1977). The search of the JDK is quicker for most texts; those who write both text
 * and literal could make it compare them at every place.
 */
final class LiteralSearch {
  /** Below so many comparisons the JDK is quicker in any case. */
  private static final long FEW = 256;

  private LiteralSearch() {}

  /** Whether a search for so many letters in so many could take longer with the JDK. */
  static boolean pays(int letters, int characters) {
    return letters > 1 && (long) letters * characters > FEW;
  }

  /** The end of the first match in the text from {@code from} to before {@code to}, or -1. */
  static int find(String literal, String text, int from, int to) {
    if (literal.length() > to - from) {
      return -1;
    }
    int[] borders = borders(literal);
    int matched = 0;
    for (int at = from; at < to; at++) {
      matched = longer(literal, borders, matched, text.charAt(at));
      if (matched == literal.length()) {
        return at + 1;
      }
    }
    return -1;
  }

  /** For each beginning how much of its own beginning it ends with. */
  private static int[] borders(String literal) {
    int[] borders = new int[literal.length()];
    for (int i = 1; i < borders.length; i++) {
      borders[i] = longer(literal, borders, borders[i - 1], literal.charAt(i));
    }
    return borders;
  }

  /** How much is matched after one more character. */
  private static int longer(String literal, int[] borders, int matched, char next) {
    int length = matched;
    while (length > 0 && literal.charAt(length) != next) {
      length = borders[length - 1];
    }
    return literal.charAt(length) == next ? length + 1 : length;
  }
}
