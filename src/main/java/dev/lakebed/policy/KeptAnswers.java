package dev.lakebed.policy;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * What the policies of one request found out about texts that took many steps: it may ask for a
 * thousand permissions, and its header and a policy can make one comparison cost milliseconds. For
 * one thread at a time.
 */
public final class KeptAnswers {
  /** What takes fewer steps is found out as quickly as looked up. */
  static final int MANY = 1024;

  private static final int MOST = 256;

  private final IdentityHashMap<Object, Map<String, Boolean>> answers = new IdentityHashMap<>(0);
  private final Effort effort;
  private int count;
  private long steps;

  /** Nothing yet; all steps are told to the effort too. */
  public KeptAnswers(Effort effort) {
    this.effort = effort;
  }

  /** The same keys, which remember. */
  public Keys over(Keys keys) {
    return new Keys() {
      @Override
      public List<String> values(String key) {
        return keys.values(key);
      }

      @Override
      public boolean answer(Object question, String value, BooleanSupplier finding) {
        return kept(question, value, finding);
      }

      @Override
      public Effort effort() {
        return KeptAnswers.this::spend;
      }
    };
  }

  private void spend(long more) {
    steps += more;
    effort.spend(more);
  }

  private boolean kept(Object question, String value, BooleanSupplier finding) {
    Boolean before = count == 0 ? null : answers.getOrDefault(question, Map.of()).get(value);
    if (before != null) {
      return before;
    }
    long begin = steps;
    boolean found = finding.getAsBoolean();
    if (steps - begin >= MANY && count < MOST) {
      answers.computeIfAbsent(question, q -> new HashMap<>(2)).put(value, found);
      count++;
    }
    return found;
  }
}
