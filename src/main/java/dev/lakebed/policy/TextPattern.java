package dev.lakebed.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** One value of an element, compiled as far as possible before a request comes. */
sealed interface TextPattern {
  static TextPattern of(List<Part> parts, Style style) {
    return parts.stream().anyMatch(Part.Variable.class::isInstance)
        ? new Templated(parts, style, style.prefix(parts))
        : new Fixed(style.compile(parts));
  }

  /**
   * Whether the text matches; {@code selector} says what counts without one value of a variable.
   */
  boolean matches(String text, Keys keys, Selector selector);

  /** Whether some value of its variables would make it match. */
  boolean canMatch(String text, Effort effort);

  /** The variables in it. */
  Stream<Part.Variable> variables();

  /** No variables: compiled once. */
  record Fixed(TextMatcher matcher) implements TextPattern {
    @Override
    public boolean matches(String text, Keys keys, Selector selector) {
      return matcher.matches(text, keys.effort());
    }

    @Override
    public boolean canMatch(String text, Effort effort) {
      return matcher.matches(text, effort);
    }

    @Override
    public Stream<Part.Variable> variables() {
      return Stream.empty();
    }
  }

  /**
   * Variables are replaced by literals, then compiled, for each request.
   *
   * @param prefix how every text begins that can match, which spares most texts the work
   */
  record Templated(List<Part> parts, Style style, String prefix) implements TextPattern {
    /** Steps of compiling a part, apart from its letters. */
    private static final int PART = 256;

    @Override
    public boolean matches(String text, Keys keys, Selector selector) {
      if (!selector.unresolved() && !text.startsWith(prefix)) {
        return false;
      }
      List<Part> resolved = new ArrayList<>(parts.size());
      boolean unclear = false;
      for (Part part : parts) {
        if (part instanceof Part.Variable variable) {
          List<String> values = values(variable, keys);
          if (values.isEmpty()) {
            return selector.unresolved();
          }
          unclear |= values.size() > 1;
          resolved.add(values.size() > 1 ? new Part.AnyRun() : new Part.Literal(values.getFirst()));
        } else {
          resolved.add(part);
        }
      }
      Effort effort = keys.effort();
      effort.spend(compiling(resolved));
      return unclear
          ? selector.unclear() && style.canMatch(resolved, text, effort)
          : style.compile(resolved).matches(text, effort);
    }

    @Override
    public boolean canMatch(String text, Effort effort) {
      List<Part> open =
          parts.stream()
              .map(part -> part instanceof Part.Variable ? new Part.AnyRun() : part)
              .toList();
      effort.spend(compiling(open));
      return Style.GLOB.compile(open).matches(text, effort);
    }

    private static long compiling(List<Part> parts) {
      long steps = 0;
      for (Part part : parts) {
        steps += PART + (part instanceof Part.Literal literal ? literal.text().length() : 0);
      }
      return steps;
    }

    @Override
    public Stream<Part.Variable> variables() {
      return parts.stream().filter(Part.Variable.class::isInstance).map(Part.Variable.class::cast);
    }

    private static List<String> values(Part.Variable variable, Keys keys) {
      List<String> values = keys.values(variable.key());
      return values.isEmpty() ? variable.fallback().stream().toList() : values;
    }
  }
}
