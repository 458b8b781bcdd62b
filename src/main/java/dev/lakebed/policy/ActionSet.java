package dev.lakebed.policy;

import dev.lakebed.policy.Keys.Effort;
import dev.lakebed.policy.MatchStyle.TextMatcher;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The Action or NotAction element of a statement. Names of actions compare without regard to the
 * case of A-Z, so both sides are folded: these once, that of a request once for all statements.
 */
record ActionSet(Set<String> names, List<Glob> patterns, boolean negated) {
  /** Steps of one value that the name does not even begin like. */
  private static final int ONE = 32;

  private static final Pattern ACTION = Pattern.compile("\\*|[A-Za-z0-9*?_-]+:[A-Za-z0-9*?._-]+");

  ActionSet {
    names = Set.copyOf(names);
    patterns = List.copyOf(patterns);
  }

  static ActionSet of(Node.Member element) {
    Set<String> names = new HashSet<>();
    List<Glob> patterns = new ArrayList<>();
    for (Node.Text text : element.value().strings(element.name())) {
      if (!ACTION.matcher(text.value()).matches()) {
        throw text.error(
            "malformed action " + Node.quoted(text.value()) + ", expected service:name");
      }
      String folded = fold(text.value());
      if (folded.indexOf('*') < 0 && folded.indexOf('?') < 0) {
        names.add(folded);
      } else {
        patterns.add(Glob.of(PatternPart.wildcards(folded)));
      }
    }
    return new ActionSet(names, patterns, element.name().startsWith("Not"));
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

  /** What matches the services that a value names before its colon, wildcards included. */
  static TextMatcher service(String action) {
    int colon = action.indexOf(':');
    return glob(action.substring(0, colon < 0 ? action.length() : colon));
  }

  static TextMatcher glob(String text) {
    return Glob.of(PatternPart.wildcards(fold(text)));
  }

  /** Whether a value names every action of a service. */
  static boolean coversAll(String action, String service) {
    boolean all = action.chars().skip(action.indexOf(':') + 1L).allMatch(c -> c == '*');
    return all && service(action).matches(service);
  }

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
