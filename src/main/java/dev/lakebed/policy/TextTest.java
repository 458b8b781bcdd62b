package dev.lakebed.policy;

import java.util.List;
import java.util.stream.Stream;

/** Compares strings and ARNs. */
record TextTest(Selector values, Style style) implements ValueTest {
  static TextTest compile(List<Node.Text> texts, Style style, Operator.Setting setting) {
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

  private static TextPattern pattern(Node.Text text, Style style, boolean variables) {
    List<Part> parts = PartReader.read(text, variables, style.wildcards());
    if (style == Style.ARN && !mayBeArn(parts)) {
      throw text.error("malformed ARN " + Quoted.of(text.value()));
    }
    return TextPattern.of(parts, style);
  }

  /** A variable may stand for a whole ARN. */
  private static boolean mayBeArn(List<Part> parts) {
    return parts.equals(List.of(new Part.AnyRun()))
        || parts.stream().anyMatch(Part.Variable.class::isInstance)
        || ArnGlob.split(parts).size() == ArnGlob.ARN_PARTS;
  }
}
