package dev.lakebed.policy;

import java.util.List;
import java.util.stream.Stream;

/**
 * The Resource or NotResource element of a statement, or the values of a string or ARN condition.
 *
 * @param patterns the values
 * @param negated whether the element is the Not… form
 * @param unresolved how a value counts whose variable has no value. It never matches, except below
 *     a negation in an Allow, where not matching would widen the grant
 * @param unclear how a value counts whose variable has several values, so that nobody knows which
 *     is meant: so that a Deny applies and an Allow does not
 */
record Selector(List<TextPattern> patterns, boolean negated, boolean unresolved, boolean unclear) {
  /** Selects everything. */
  static final Selector ALL =
      new Selector(List.of(new TextPattern.Fixed(text -> true)), false, false, false);

  Selector {
    patterns = List.copyOf(patterns);
  }

  static Selector of(List<TextPattern> patterns, boolean negated, boolean deny) {
    return new Selector(patterns, negated, negated && !deny, negated != deny);
  }

  boolean selects(String text, Keys keys) {
    return matches(text, keys) != negated;
  }

  /** Whether it would select the text with some values of its variables. */
  boolean canSelect(String text) {
    return negated
        ? patterns.stream().noneMatch(p -> p.variables().findAny().isEmpty() && p.canMatch(text))
        : patterns.stream().anyMatch(pattern -> pattern.canMatch(text));
  }

  /** Names of the variables in it, as written. */
  Stream<String> variables() {
    return patterns.stream().flatMap(TextPattern::variables).map(Part.Variable::name);
  }

  /** Whether a value matches, before any negation. */
  boolean matches(String text, Keys keys) {
    for (int i = 0; i < patterns.size(); i++) {
      if (patterns.get(i).matches(text, keys, this)) {
        return true;
      }
    }
    return false;
  }
}
