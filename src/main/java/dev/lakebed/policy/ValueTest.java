package dev.lakebed.policy;

import java.util.stream.Stream;

/** Compares one value of the request with all values of a condition, before any negation. */
@FunctionalInterface
interface ValueTest {
  Outcome test(String actual, Keys keys);

  /** Names of the variables in the values of the condition, as written. */
  default Stream<String> variables() {
    return Stream.empty();
  }

  /** What a comparison can end with. */
  enum Outcome {
    /** At least one value of the condition matches. */
    MATCH,
    /** None matches. */
    NO_MATCH,
    /** The value of the request is no number, date, address …: nobody knows what it would say. */
    UNREADABLE;

    static Outcome of(boolean match) {
      return match ? MATCH : NO_MATCH;
    }
  }
}
