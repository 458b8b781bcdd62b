package dev.lakebed.policy;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * What the conditions of policies found out about long values of one request: it may ask for a
 * thousand permissions, and its header and a policy can make one comparison cost milliseconds. For
 * one thread at a time.
 */
public final class KeptAnswers {
  /** Shorter values are compared as quickly as looked up. */
  static final int LONG = 64;

  private static final int MOST = 256;

  private final IdentityHashMap<Object, Map<String, Boolean>> answers = new IdentityHashMap<>(0);
  private int count;

  /** The same keys, which remember. */
  public Keys over(Keys keys) {
    return new Keys() {
      @Override
      public List<String> values(String key) {
        return keys.values(key);
      }

      @Override
      public boolean answer(Object question, String value, BooleanSupplier finding) {
        return value.length() < LONG ? finding.getAsBoolean() : kept(question, value, finding);
      }
    };
  }

  private boolean kept(Object question, String value, BooleanSupplier finding) {
    Map<String, Boolean> known = answers.getOrDefault(question, Map.of());
    Boolean before = known.get(value);
    if (before != null) {
      return before;
    }
    boolean found = finding.getAsBoolean();
    if (count < MOST) {
      answers.computeIfAbsent(question, q -> new HashMap<>(2)).put(value, found);
      count++;
    }
    return found;
  }
}
