package dev.lakebed.iam.api;

import dev.lakebed.http.Decimal;
import dev.lakebed.operation.query.QueryRequest;
import java.util.Optional;

/** The limits of a whole number. */
record Whole(String name, int least, int most) implements Input {
  @Override
  public void check(QueryRequest query) {
    find(query);
  }

  Optional<Integer> find(QueryRequest query) {
    return query.text(name).map(this::parse);
  }

  private int parse(String text) {
    int value =
        Decimal.parse(text, 0, Integer.MAX_VALUE)
            .orElseThrow(() -> Parameter.violated(name, "Member must be a whole number"));
    if (value < least) {
      throw Parameter.violated(name, "Member must have value greater than or equal to " + least);
    }
    if (value > most) {
      throw Parameter.violated(name, "Member must have value less than or equal to " + most);
    }
    return value;
  }
}
