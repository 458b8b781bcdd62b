package dev.lakebed.policy;

/** A compiled test of one text. */
@FunctionalInterface
interface TextMatcher {
  boolean matches(String text, Effort effort);

  /** A test whose steps nobody counts. */
  default boolean matches(String text) {
    return matches(text, Effort.FREE);
  }
}
