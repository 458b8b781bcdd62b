package dev.lakebed.policy;

import dev.lakebed.policy.ValueTest.Outcome;
import java.util.List;
import java.util.stream.Stream;

/** One operator on one key. */
sealed interface Condition {
  boolean holds(Keys keys);

  /** Whether a grant to everyone that has this condition is not public. */
  boolean confines();

  /** Operator and key, for the log. */
  String description();

  /** Names of the keys that it asks for, its own and those of variables, as written. */
  Stream<String> keyNames();

  private static String name(String description) {
    return description.substring(description.indexOf(' ') + 1);
  }

  /**
   * Existence.
   *
   * @param whenAbsent a value "true" is listed
   * @param whenPresent a value "false" is listed
   */
  record Existence(String description, String key, boolean whenAbsent, boolean whenPresent)
      implements Condition {
    @Override
    public boolean confines() {
      return false;
    }

    @Override
    public boolean holds(Keys keys) {
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
   */
  record Comparison(
      String description,
      String key,
      Quantifier quantifier,
      boolean negated,
      boolean absent,
      boolean confines,
      ValueTest test)
      implements Condition {
    @Override
    public boolean holds(Keys keys) {
      List<String> values = keys.values(key);
      if (values.isEmpty()) {
        return absent;
      }
      boolean all = quantifier == Quantifier.ALL || (quantifier == Quantifier.SINGLE && negated);
      Outcome wanted = negated ? Outcome.NO_MATCH : Outcome.MATCH;
      for (String value : values) {
        if ((test.test(value, keys) == wanted) != all) {
          return !all;
        }
      }
      return all;
    }

    @Override
    public Stream<String> keyNames() {
      return Stream.concat(Stream.of(name(description)), test.variables());
    }
  }
}
