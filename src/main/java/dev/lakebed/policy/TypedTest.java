package dev.lakebed.policy;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Compares numbers, dates, booleans or bytes; variables are not expanded in these. */
record TypedTest<T extends Comparable<T>>(
    List<T> values, Relation relation, Function<String, Optional<T>> reader) implements ValueTest {
  private static final int READING = 2048;
  private static final int COMPARING = 16;

  TypedTest {
    values = List.copyOf(values);
  }

  static <T extends Comparable<T>> TypedTest<T> compile(
      List<Node.Text> texts, Relation relation, Function<String, Optional<T>> reader, String type) {
    return new TypedTest<>(
        texts.stream()
            .map(
                text ->
                    reader
                        .apply(text.value())
                        .orElseThrow(() -> text.error(Quoted.of(text.value()) + " is not " + type)))
            .toList(),
        relation,
        reader);
  }

  @Override
  public Outcome test(String actual, Keys keys) {
    keys.effort().spend(READING + actual.length() + (long) COMPARING * values.size());
    Optional<T> read = reader.apply(actual);
    if (read.isEmpty()) {
      return Outcome.UNREADABLE;
    }
    for (T value : values) {
      if (relation.holds(read.get().compareTo(value))) {
        return Outcome.MATCH;
      }
    }
    return Outcome.NO_MATCH;
  }
}
