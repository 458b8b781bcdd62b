package dev.lakebed.policy;

import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * The condition keys of one request. Keys compare without case.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html">AWS
 *     global condition keys</a>
 */
@FunctionalInterface
public interface Keys {
  /** No keys. */
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

  /**
   * The answer to a question about a value that rests on nothing else, found out unless it is
   * known.
   */
  default boolean answer(Object question, String value, BooleanSupplier finding) {
    return finding.getAsBoolean();
  }

  /** What counts the steps of an evaluation with these keys. */
  default Effort effort() {
    return Effort.FREE;
  }

  /** Looks here first and then in {@code fallback}. */
  default Keys or(Keys fallback) {
    return key -> {
      List<String> own = values(key);
      return own.isEmpty() ? fallback.values(key) : own;
    };
  }
}
