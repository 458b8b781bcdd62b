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

  /** A condition key, in lower case, whose value is put in literally. */
  record Variable(String key, Optional<String> fallback) implements Part {}
}
