package dev.lakebed.policy;

import java.util.HashMap;
import java.util.Map;

/**
 * Finds a literal in a text without looking back (Knuth, Morris and Pratt, "Fast pattern matching
 * in strings", 1977). The search of the JDK is quicker for most texts; those who write both text
 * and literal could make it compare them at every place.
 */
final class LinearSearch {
  /** Below so many comparisons the JDK is quicker in any case. */
  private static final long FEW = 256;

  private LinearSearch() {}

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

  /**
   * Finds a long run of code points with {@code ?} in a long text: looks at all places where it
   * could begin at once, 64 to a word (the shift-and algorithm, Baeza-Yates and Gonnet, "A new
   * approach to text searching", 1992). Trying place after place would let policy and request
   * together cost seconds.
   */
  static final class RunSearch {
    /** Below so many comparisons trying is quicker. */
    private static final long FEW = 4096;

    /** What finding the word for a code point takes. */
    private static final int LOOKUP = 16;

    private RunSearch() {}

    /** Whether a search for so many code points in so many characters is worth it. */
    static boolean pays(int codePoints, int characters) {
      return (long) codePoints * characters > FEW;
    }

    /** Steps for each character at most, whichever way is taken. */
    static int effort(int codePoints) {
      return Math.min(codePoints, LOOKUP + words(codePoints));
    }

    private static int words(int codePoints) {
      return (codePoints + Long.SIZE - 1) / Long.SIZE;
    }

    /** The end of the first match in the text from {@code from} to before {@code to}, or -1. */
    static int find(int[] codePoints, String text, int from, int to) {
      int words = words(codePoints.length);
      long[] anything = new long[words];
      Map<Integer, long[]> places = places(codePoints, anything);
      long[] open = new long[words];
      int at = from;
      while (at < to) {
        int c = text.codePointAt(at);
        at += Character.charCount(c);
        long[] fits = places.getOrDefault(c, anything);
        long carry = 1;
        for (int word = 0; word < words; word++) {
          long before = open[word];
          open[word] = ((before << 1) | carry) & fits[word];
          carry = before >>> (Long.SIZE - 1);
        }
        if (has(open, codePoints.length - 1)) {
          return at;
        }
      }
      return -1;
    }

    /** For each code point the places of the run that it fits; those of all others in the array. */
    private static Map<Integer, long[]> places(int[] codePoints, long[] anything) {
      for (int i = 0; i < codePoints.length; i++) {
        if (codePoints[i] == Piece.Flexible.ANY_ONE) {
          set(anything, i);
        }
      }
      Map<Integer, long[]> places = new HashMap<>();
      for (int i = 0; i < codePoints.length; i++) {
        if (codePoints[i] != Piece.Flexible.ANY_ONE) {
          set(places.computeIfAbsent(codePoints[i], c -> anything.clone()), i);
        }
      }
      return places;
    }

    private static void set(long[] bits, int bit) {
      bits[bit / Long.SIZE] |= 1L << bit;
    }

    private static boolean has(long[] bits, int bit) {
      return (bits[bit / Long.SIZE] >>> bit & 1) != 0;
    }
  }
}
