package dev.lakebed.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One value of an element, compiled as far as possible before a request comes. */
sealed interface TextPattern {
  static TextPattern of(List<Part> parts, Style style) {
    return parts.stream().anyMatch(Part.Variable.class::isInstance)
        ? new Templated(parts, style, style.prefix(parts))
        : new Fixed(style.compile(parts));
  }

  /** Whether the text matches; {@code unresolved} is the answer when a variable has no value. */
  boolean matches(String text, Keys keys, boolean unresolved);

  /** Whether some value of its variables would make it match. */
  boolean canMatch(String text);

  /** The variables in it. */
  Stream<Part.Variable> variables();

  /** No variables: compiled once. */
  record Fixed(TextMatcher matcher) implements TextPattern {
    @Override
    public boolean matches(String text, Keys keys, boolean unresolved) {
      return matcher.matches(text);
    }

    @Override
    public boolean canMatch(String text) {
      return matcher.matches(text);
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
    @Override
    public boolean matches(String text, Keys keys, boolean unresolved) {
      if (!unresolved && !text.startsWith(prefix)) {
        return false;
      }
      List<Part> resolved = new ArrayList<>(parts.size());
      for (Part part : parts) {
        if (part instanceof Part.Variable variable) {
          Optional<String> value = value(variable, keys);
          if (value.isEmpty()) {
            return unresolved;
          }
          resolved.add(new Part.Literal(value.get()));
        } else {
          resolved.add(part);
        }
      }
      return style.compile(resolved).matches(text);
    }

    @Override
    public boolean canMatch(String text) {
      return Style.GLOB
          .compile(
              parts.stream()
                  .map(part -> part instanceof Part.Variable ? new Part.AnyRun() : part)
                  .toList())
          .matches(text);
    }

    @Override
    public Stream<Part.Variable> variables() {
      return parts.stream().filter(Part.Variable.class::isInstance).map(Part.Variable.class::cast);
    }

    /** A key with several values cannot be put into a text. */
    private static Optional<String> value(Part.Variable variable, Keys keys) {
      List<String> values = keys.values(variable.key());
      return switch (values.size()) {
        case 0 -> variable.fallback();
        case 1 -> Optional.of(values.get(0));
        default -> Optional.empty();
      };
    }
  }
}
