package dev.lakebed.iam.api;

import dev.lakebed.operation.query.QueryRequest;
import java.util.Optional;

/** A truth value. */
record Flag(String name) implements Input {
  @Override
  public void check(QueryRequest query) {
    find(query);
  }

  Optional<Boolean> find(QueryRequest query) {
    return query.text(name).map(this::parse);
  }

  private boolean parse(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw Parameter.violated(name, "Member must be true or false");
    };
  }
}
