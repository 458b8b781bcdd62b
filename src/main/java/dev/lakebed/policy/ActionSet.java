package dev.lakebed.policy;

import dev.lakebed.policy.Keys.Effort;
import dev.lakebed.policy.PatternPart.Reader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The Action or NotAction element of a statement. Names of actions compare without regard to the
 * case of A-Z, so both sides are folded: these once, that of a request once for all statements.
 *
 * @param names values without wildcards
 * @param patterns the others
 * @param negated whether it is NotAction
 */
record ActionSet(Set<String> names, List<Glob> patterns, boolean negated) {
  /** Steps of one value that the name does not even begin like. */
  private static final int ONE = 32;

  ActionSet {
    names = Set.copyOf(names);
    patterns = List.copyOf(patterns);
  }

  static ActionSet of(List<String> values, boolean negated) {
    Set<String> names = new HashSet<>();
    List<Glob> patterns = new ArrayList<>();
    for (String value : values) {
      String folded = fold(value);
      if (folded.indexOf('*') < 0 && folded.indexOf('?') < 0) {
        names.add(folded);
      } else {
        patterns.add(Glob.of(Reader.wildcards(folded)));
      }
    }
    return new ActionSet(names, patterns, negated);
  }

  /** Lower case for A-Z only: no other letter of Unicode equals one of these. */
  static String fold(String action) {
    char[] folded = action.toCharArray();
    for (int i = 0; i < folded.length; i++) {
      if (folded[i] >= 'A' && folded[i] <= 'Z') {
        folded[i] = Character.toLowerCase(folded[i]);
      }
    }
    return new String(folded);
  }

  /** Whether the element selects an action that was {@linkplain #fold folded}. */
  boolean selects(String folded, Effort effort) {
    effort.spend((long) ONE * (patterns.size() + 1));
    return (names.contains(folded) || matchesPattern(folded, effort)) != negated;
  }

  private boolean matchesPattern(String folded, Effort effort) {
    for (int i = 0; i < patterns.size(); i++) {
      if (patterns.get(i).matches(folded, effort)) {
        return true;
      }
    }
    return false;
  }
}
