package dev.lakebed.iam.api;

import dev.lakebed.query.QueryRequest;
import java.util.Optional;

/** Parameters that are numbers or truth values. */
final class Numbers {
  private Numbers() {}

  static Optional<Integer> find(QueryRequest query, String name, int least, int most) {
    return query.text(name).map(text -> parse(name, text, least, most));
  }

  private static int parse(String name, String text, int least, int most) {
    int value;
    try {
      value = Integer.parseInt(text);
    } catch (NumberFormatException notANumber) {
      throw Parameter.violated(name, "Member must be a number");
    }
    if (value < least || value > most) {
      throw Parameter.violated(name, "Member must be from %d to %d".formatted(least, most));
    }
    return value;
  }

  static Optional<Boolean> flag(QueryRequest query, String name) {
    return query.text(name).map(text -> parse(name, text));
  }

  private static boolean parse(String name, String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw Parameter.violated(name, "Member must be true or false");
    };
  }
}
