package dev.lakebed.policy;

import dev.lakebed.policy.Glob.ArnGlob;
import dev.lakebed.policy.Operator.Relation;
import dev.lakebed.policy.Selector.TextPattern;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Compares one value of the request with all values of a condition, before any negation. */
@FunctionalInterface
interface ValueTest {
  Outcome test(String actual, Keys keys);

  default Stream<String> variables() {
    return Stream.empty();
  }

  private static <T> List<T> read(
      List<Node.Text> texts, Function<String, Optional<T>> reader, String type) {
    return texts.stream()
        .map(
            text ->
                reader
                    .apply(text.value())
                    .orElseThrow(() -> text.error(Node.quoted(text.value()) + " is not " + type)))
        .toList();
  }

  enum Outcome {
    MATCH,
    NO_MATCH,
    /** The value of the request is no number, date, address …: nobody knows what it would say. */
    UNREADABLE;

    static Outcome of(boolean match) {
      return match ? MATCH : NO_MATCH;
    }
  }

  record AddressTest(List<AddressRange> ranges) implements ValueTest {
    private static final int READING = 2048;
    private static final int COMPARING = 32;

    public AddressTest {
      ranges = List.copyOf(ranges);
    }

    static AddressTest compile(List<Node.Text> texts) {
      return new AddressTest(read(texts, AddressRange::of, "an IP address or range"));
    }

    @Override
    public Outcome test(String actual, Keys keys) {
      keys.effort().spend(READING + (long) COMPARING * ranges.size());
      return AddressRange.address(actual)
          .map(at -> Outcome.of(ranges.stream().anyMatch(range -> range.contains(at))))
          .orElse(Outcome.UNREADABLE);
    }
  }

  /** Compares numbers, dates, booleans or bytes; variables are not expanded in these. */
  record TypedTest<T extends Comparable<T>>(
      List<T> values, Relation relation, Function<String, Optional<T>> reader)
      implements ValueTest {
    private static final int READING = 2048;
    private static final int COMPARING = 16;

    public TypedTest {
      values = List.copyOf(values);
    }

    static <T extends Comparable<T>> TypedTest<T> compile(
        List<Node.Text> texts,
        Relation relation,
        Function<String, Optional<T>> reader,
        String type) {
      return new TypedTest<>(read(texts, reader, type), relation, reader);
    }

    @Override
    public Outcome test(String actual, Keys keys) {
      keys.effort().spend(READING + actual.length() + (long) COMPARING * values.size());
      return reader
          .apply(actual)
          .map(at -> Outcome.of(values.stream().anyMatch(v -> relation.holds(at.compareTo(v)))))
          .orElse(Outcome.UNREADABLE);
    }
  }

  record TextTest(Selector values, MatchStyle style) implements ValueTest {
    static TextTest compile(List<Node.Text> texts, MatchStyle style, Operator.Setting setting) {
      Selector values =
          Selector.of(
              texts.stream().map(text -> pattern(text, style, setting.variables())).toList(),
              setting.negated(),
              setting.deny());
      return new TextTest(values, style);
    }

    @Override
    public Outcome test(String actual, Keys keys) {
      return style.reads(actual) ? Outcome.of(values.matches(actual, keys)) : Outcome.UNREADABLE;
    }

    @Override
    public Stream<String> variables() {
      return values.variables();
    }

    private static TextPattern pattern(Node.Text text, MatchStyle style, boolean variables) {
      List<PatternPart> parts = PatternPart.read(text, variables, style.wildcards());
      if (style == MatchStyle.ARN && !mayBeArn(parts)) {
        throw text.error("malformed ARN " + Node.quoted(text.value()));
      }
      return TextPattern.of(parts, style);
    }

    /** A variable may stand for a whole ARN. */
    private static boolean mayBeArn(List<PatternPart> parts) {
      return parts.equals(List.of(new PatternPart.AnyRun()))
          || parts.stream().anyMatch(PatternPart.Variable.class::isInstance)
          || ArnGlob.split(parts).size() == ArnGlob.ARN_PARTS;
    }
  }
}
