package dev.lakebed.policy;

/** A compiled test of one text. */
@FunctionalInterface
interface TextMatcher {
  boolean matches(String text);
}
