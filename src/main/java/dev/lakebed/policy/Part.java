package dev.lakebed.policy;

import java.util.Optional;

/** A piece of a pattern. */
sealed interface Part {
  /** Characters that stand for themselves. */
  record Literal(String text) implements Part {}

  /** {@code *}: any run of characters, also none. */
  record AnyRun() implements Part {}

  /** {@code ?}: exactly one character. */
  record AnyOne() implements Part {}

  /**
   * A condition key whose value is put in literally.
   *
   * @param key in lower case
   * @param name as written
   */
  record Variable(String key, String name, Optional<String> fallback) implements Part {}
}
