package dev.lakebed.policy;

/** Compares one value of the request with all values of a condition, before any negation. */
@FunctionalInterface
interface ValueTest {
  Outcome test(String actual, Keys keys);

  /** What a comparison can end with. */
  enum Outcome {
    /** At least one value of the condition matches. */
    MATCH,
    /** None matches. */
    NO_MATCH,
    /** The value of the request is no number, date … and passes neither test nor negation. */
    UNREADABLE;

    static Outcome of(boolean match) {
      return match ? MATCH : NO_MATCH;
    }
  }
}
