package dev.lakebed.policy;

import dev.lakebed.policy.MatchStyle.TextMatcher;
import dev.lakebed.policy.PatternPart.Reader;

/** The part of an action's name before the colon, where wildcards are legal too. */
final class ServiceName {
  private ServiceName() {}

  /** What matches the services that a value of an Action element names. */
  static TextMatcher of(String action) {
    int colon = action.indexOf(':');
    return glob(action.substring(0, colon < 0 ? action.length() : colon));
  }

  /** Compiles a value of an Action element, or a part of one, for folded texts. */
  static TextMatcher glob(String text) {
    return Glob.of(Reader.wildcards(ActionSet.fold(text)));
  }

  /** Whether it names every action of a service. */
  static boolean coversAll(String action, String service) {
    boolean all = action.chars().skip(action.indexOf(':') + 1L).allMatch(c -> c == '*');
    return all && of(action).matches(service);
  }
}
