package dev.lakebed.ops;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the name that a mistyped one was meant to be. */
public final class SettingSpelling {
  private static final int LETTERS_PER_MISTAKE = 3;

  private SettingSpelling() {}

  /** The known name that is nearest, if it is so near that a slip of the fingers explains it. */
  public static Optional<String> nearest(String word, Stream<String> known) {
    record Candidate(String name, int mistakes) {}
    return known
        .map(name -> new Candidate(name, mistakes(word, name)))
        .filter(found -> found.mistakes() <= Math.max(1, word.length() / LETTERS_PER_MISTAKE))
        .min(Comparator.comparingInt(Candidate::mistakes).thenComparing(Candidate::name))
        .map(Candidate::name);
  }

  /** Letters added, left out, changed or swapped with their neighbour to get from one to other. */
  private static int mistakes(String one, String other) {
    int[][] least = new int[one.length() + 1][other.length() + 1];
    for (int i = 0; i <= one.length(); i++) {
      for (int j = 0; j <= other.length(); j++) {
        least[i][j] = i == 0 || j == 0 ? i + j : step(one, other, least, i, j);
      }
    }
    return least[one.length()][other.length()];
  }

  private static int step(String one, String other, int[][] least, int i, int j) {
    int changed = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
    int best = Math.min(least[i - 1][j], least[i][j - 1]) + 1;
    best = Math.min(best, least[i - 1][j - 1] + changed);
    boolean swapped =
        i > 1
            && j > 1
            && one.charAt(i - 1) == other.charAt(j - 2)
            && one.charAt(i - 2) == other.charAt(j - 1);
    return swapped ? Math.min(best, least[i - 2][j - 2] + 1) : best;
  }
}
