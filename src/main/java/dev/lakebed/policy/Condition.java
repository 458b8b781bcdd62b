package dev.lakebed.policy;

import dev.lakebed.policy.ValueTest.Outcome;
import java.util.List;
import java.util.stream.Stream;

/** One operator on one key. */
sealed interface Condition {
  /** Steps of finding the values of a key. */
  int FINDING = 64;

  boolean holds(Keys keys);

  /** Whether a grant to everyone that has this condition is not public. */
  boolean confines();

  String description();

  /** Names of the keys that it asks for, its own and those of variables, as written. */
  Stream<String> keyNames();

  private static String name(String description) {
    return description.substring(description.indexOf(' ') + 1);
  }

  /** {@code whenAbsent}: "true" is a value of the condition; {@code whenPresent}: "false" is. */
  record Existence(String description, String key, boolean whenAbsent, boolean whenPresent)
      implements Condition {
    @Override
    public boolean confines() {
      return false;
    }

    @Override
    public boolean holds(Keys keys) {
      keys.effort().spend(FINDING);
      return keys.values(key).isEmpty() ? whenAbsent : whenPresent;
    }

    @Override
    public Stream<String> keyNames() {
      return Stream.of(name(description));
    }
  }

  /**
   * A comparison.
   *
   * @param absent the answer when the request lacks the key
   * @param negated a StringNot…, NumericNot… operator, which is the negation of {@code test}
   * @param deny effect of the statement, which says how a value counts that cannot be read
   */
  record Comparison(
      String description,
      String key,
      Quantifier quantifier,
      boolean negated,
      boolean deny,
      boolean absent,
      boolean confines,
      ValueTest test)
      implements Condition {
    @Override
    public boolean holds(Keys keys) {
      keys.effort().spend(FINDING);
      List<String> values = keys.values(key);
      if (values.isEmpty()) {
        return absent;
      }
      boolean all = quantifier == Quantifier.ALL || (quantifier == Quantifier.SINGLE && negated);
      for (String value : values) {
        if (fulfils(test.test(value, keys)) != all) {
          return !all;
        }
      }
      return all;
    }

    /** What cannot be read fulfils every condition of a Deny and none of an Allow. */
    private boolean fulfils(Outcome outcome) {
      return switch (outcome) {
        case MATCH -> !negated;
        case NO_MATCH -> negated;
        case UNREADABLE -> deny;
      };
    }

    @Override
    public Stream<String> keyNames() {
      return Stream.concat(Stream.of(name(description)), test.variables());
    }
  }

  enum Quantifier {
    /** No prefix. */
    SINGLE(""),
    /** Every value of the request must pass; no value at all passes. */
    ALL("ForAllValues:"),
    /** One value of the request must pass. */
    ANY("ForAnyValue:");

    private final String prefix;

    Quantifier(String prefix) {
      this.prefix = prefix;
    }

    String prefix() {
      return prefix;
    }

    static Quantifier of(String operator) {
      if (operator.startsWith(ALL.prefix)) {
        return ALL;
      }
      return operator.startsWith(ANY.prefix) ? ANY : SINGLE;
    }
  }
}
