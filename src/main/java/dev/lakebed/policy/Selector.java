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
 * @param fixed whether no variable is among the values
 */
record Selector(
    List<TextPattern> patterns,
    boolean negated,
    boolean unresolved,
    boolean unclear,
    boolean fixed) {
  /** Steps of one value that the text does not even begin like. */
  private static final int ONE = 32;

  /** Selects everything. */
  static final Selector ALL =
      of(List.of(new TextPattern.Fixed((text, effort) -> true)), false, false);

  Selector {
    patterns = List.copyOf(patterns);
  }

  static Selector of(List<TextPattern> patterns, boolean negated, boolean deny) {
    boolean fixed = patterns.stream().allMatch(TextPattern.Fixed.class::isInstance);
    return new Selector(patterns, negated, negated && !deny, negated != deny, fixed);
  }

  boolean selects(String text, Keys keys) {
    return matches(text, keys) != negated;
  }

  /** Whether it would select the text with some values of its variables. */
  boolean canSelect(String text, Effort effort) {
    effort.spend((long) ONE * patterns.size());
    return negated
        ? patterns.stream()
            .noneMatch(p -> p.variables().findAny().isEmpty() && p.canMatch(text, effort))
        : patterns.stream().anyMatch(pattern -> pattern.canMatch(text, effort));
  }

  /** Names of the variables in it, as written. */
  Stream<String> variables() {
    return patterns.stream().flatMap(TextPattern::variables).map(Part.Variable::name);
  }

  /** Whether a value matches, before any negation. */
  boolean matches(String text, Keys keys) {
    return fixed ? keys.answer(this, text, () -> any(text, keys)) : any(text, keys);
  }

  private boolean any(String text, Keys keys) {
    boolean found = false;
    int tried = 0;
    while (!found && tried < patterns.size()) {
      found = patterns.get(tried++).matches(text, keys, this);
    }
    keys.effort().spend((long) ONE * tried);
    return found;
  }
}
