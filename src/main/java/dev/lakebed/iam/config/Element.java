package dev.lakebed.iam.config;

import dev.lakebed.iam.config.InvalidConfigException.ConfigProblem;
import dev.lakebed.iam.config.JsonNode.JsonTree;
import dev.lakebed.json.JsonPlace;
import dev.lakebed.json.JsonPlace.MalformedJsonException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A JSON value of a configuration file, with its path. */
record Element(Source source, String path, JsonNode node) {
  void problem(String message) {
    problemInside(1, 1, message);
  }

  /** A problem inside the value, whose place is counted from where that starts. */
  void problemInside(int line, int column, String message) {
    source.problem(node.start(), line, column, path, message);
  }

  Optional<String> text() {
    return node instanceof JsonNode.Text text ? Optional.of(text.value()) : wrong("a string");
  }

  /** Text that matches a pattern as a whole. */
  Optional<String> text(Pattern form, String description) {
    Optional<String> text = text();
    if (text.isPresent() && !form.matcher(text.get()).matches()) {
      problem("must be " + description);
      return Optional.empty();
    }
    return text;
  }

  Optional<String> name(Pattern form, String entity) {
    return text(form, entity + " name: " + form.pattern());
  }

  Optional<Boolean> flag() {
    return node instanceof JsonNode.Bool flag ? Optional.of(flag.value()) : wrong("true or false");
  }

  /** A whole number; protobuf's JSON form writes 64-bit numbers as strings. */
  Optional<Long> number() {
    String literal =
        switch (node) {
          case JsonNode.Numeral number -> number.literal();
          case JsonNode.Text text -> text.value();
          default -> "";
        };
    try {
      return Optional.of(Long.parseLong(literal));
    } catch (NumberFormatException notWhole) {
      problem("must be a whole number");
      return Optional.empty();
    }
  }

  /** A whole number within limits; outside of them is a problem. */
  Optional<Long> number(long least, long most, String unit) {
    Optional<Long> number = number();
    if (number.isPresent() && (number.get() < least || number.get() > most)) {
      problem("must be from " + least + " to " + most + unit);
      return Optional.empty();
    }
    return number;
  }

  Optional<Fields> fields() {
    return node instanceof JsonNode.Struct object
        ? Optional.of(new Fields(this, object))
        : wrong("an object");
  }

  <T> Optional<T> wrong(String wanted) {
    problem("must be " + wanted + ", not " + node.kind());
    return Optional.empty();
  }

  Element member(String name, JsonNode value) {
    return new Element(source, path.isEmpty() ? name : path + "." + name, value);
  }

  List<Element> items() {
    if (!(node instanceof JsonNode.Array array)) {
      return this.<List<Element>>wrong("an array").orElse(List.of());
    }
    List<Element> items = new ArrayList<>();
    for (JsonNode item : array.items()) {
      items.add(new Element(source, path + "[" + items.size() + "]", item));
    }
    return items;
  }

  /**
   * Durations as Go writes them ({@code 12h}, {@code 1h30m}, {@code 3600s}), or a whole number of
   * nanoseconds.
   *
   * @see <a href="https://pkg.go.dev/time#ParseDuration">Go, time.ParseDuration</a>
   */
  static final class Durations {
    private static final Pattern PART = Pattern.compile("(\\d{1,9})(h|m(?!s)|s|ms)");

    private Durations() {}

    static Optional<Duration> parse(Element element) {
      if (element.node() instanceof JsonNode.Numeral) {
        return element.number().map(Duration::ofNanos);
      }
      Optional<Duration> parsed =
          element.node() instanceof JsonNode.Text text ? text(text.value()) : Optional.empty();
      return parsed.isPresent()
          ? parsed
          : element.wrong("a duration such as \"12h\" or \"1h30m\", or whole nanoseconds");
    }

    /** A duration within limits; outside of them is a problem. */
    static Optional<Duration> parse(Element element, Duration least, Duration most) {
      Optional<Duration> parsed = parse(element);
      if (parsed.isPresent()
          && (parsed.get().compareTo(least) < 0 || parsed.get().compareTo(most) > 0)) {
        element.problem(
            "must be from %d s to %d s, not %d s"
                .formatted(least.toSeconds(), most.toSeconds(), parsed.get().toSeconds()));
        return Optional.empty();
      }
      return parsed;
    }

    private static Optional<Duration> text(String text) {
      Matcher matcher = PART.matcher(text);
      Duration sum = Duration.ZERO;
      int end = 0;
      while (matcher.find() && matcher.start() == end) {
        sum = sum.plus(part(Long.parseLong(matcher.group(1)), matcher.group(2)));
        end = matcher.end();
      }
      return end == text.length() && end > 0 ? Optional.of(sum) : Optional.empty();
    }

    private static Duration part(long amount, String unit) {
      return switch (unit) {
        case "h" -> Duration.ofHours(amount);
        case "m" -> Duration.ofMinutes(amount);
        case "s" -> Duration.ofSeconds(amount);
        default -> Duration.ofMillis(amount);
      };
    }
  }

  /** The text of one file and the problems found in it. */
  record Source(String file, String text, List<ConfigProblem> problems) {
    /** A problem whose place is counted from {@code offset}. */
    void problem(int offset, int line, int column, String path, String message) {
      int lineStart = text.lastIndexOf('\n', offset - 1) + 1;
      int first = 1 + (int) text.substring(0, lineStart).chars().filter(c -> c == '\n').count();
      int shift = line == 1 ? offset - lineStart : 0;
      problems.add(new ConfigProblem(file, path, first + line - 1, column + shift, message));
    }

    /** The fields of the outermost object; empty, and a problem, when there is none. */
    Optional<Fields> root() {
      try {
        return new Element(this, "", JsonTree.parse(text)).fields();
      } catch (MalformedJsonException malformed) {
        JsonPlace place = malformed.place();
        problem(0, place.line(), place.column(), "", "is not JSON: " + malformed.reason());
        return Optional.empty();
      }
    }

    String raw(JsonNode node) {
      return text.substring(node.start(), node.end());
    }
  }
}
