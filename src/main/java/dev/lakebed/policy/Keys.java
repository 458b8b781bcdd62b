package dev.lakebed.policy;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * The condition keys of one request. Keys compare without case.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html">AWS</a>
 */
@FunctionalInterface
public interface Keys {
  Keys NONE = key -> List.of();

  /** What every request without credentials says of who sends it. */
  Keys ANONYMOUS =
      of(
          Map.of(
              "aws:principaltype", List.of("Anonymous"),
              "aws:userid", List.of("anonymous"),
              "aws:principalisawsservice", List.of("false"),
              "aws:viaawsservice", List.of("false")));

  /** These values, by key in lower case. */
  static Keys of(Map<String, List<String>> values) {
    return key -> values.getOrDefault(key, List.of());
  }

  /** The values of a key given in lower case; empty when the request does not carry the key. */
  List<String> values(String key);

  /** The answer to a question about a value that rests on nothing else, found unless known. */
  default boolean answer(Object question, String value, BooleanSupplier finding) {
    return finding.getAsBoolean();
  }

  default Effort effort() {
    return Effort.FREE;
  }

  default Keys or(Keys fallback) {
    return key -> {
      List<String> own = values(key);
      return own.isEmpty() ? fallback.values(key) : own;
    };
  }

  /** What counts the steps of evaluations; it can make who has had enough wait, or stop him. */
  @FunctionalInterface
  public interface Effort {
    Effort FREE = steps -> {};

    /**
     * Steps that were done; one takes about as long as a look at a letter of a text. Fails with a
     * RuntimeException when there shall be no more.
     */
    void spend(long steps);
  }

  /**
   * What the policies of one request found out about texts that took many steps: it may ask for a
   * thousand permissions, and its header and a policy can make one comparison cost milliseconds.
   * For one thread at a time.
   */
  public static final class AnswerCache {
    /** What takes fewer steps is found out as quickly as looked up. */
    static final int MANY = 1024;

    private static final int MOST = 256;

    private final IdentityHashMap<Object, Map<String, Boolean>> answers = new IdentityHashMap<>(0);
    private final Effort effort;
    private int count;
    private long steps;

    public AnswerCache(Effort effort) {
      this.effort = effort;
    }

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
          return AnswerCache.this::spend;
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
}
