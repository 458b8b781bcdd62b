package dev.lakebed.iam.config;

import java.util.Optional;
import java.util.regex.Pattern;

/** A JSON value of a configuration file, with its path. */
record Element(Source source, String path, JsonNode node) {
  void problem(String message) {
    source.problem(node.start(), path, message);
  }

  Optional<String> text() {
    if (node instanceof JsonNode.Text text) {
      return Optional.of(text.value());
    }
    return wrong("a string");
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

  Optional<Boolean> flag() {
    if (node instanceof JsonNode.Flag flag) {
      return Optional.of(flag.value());
    }
    return wrong("true or false");
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

  Optional<Fields> fields() {
    if (node instanceof JsonNode.Struct object) {
      return Optional.of(new Fields(this, object));
    }
    return wrong("an object");
  }

  <T> Optional<T> wrong(String wanted) {
    problem("must be " + wanted + ", not " + node.kind());
    return Optional.empty();
  }

  Element member(String name, JsonNode value) {
    return new Element(source, path.isEmpty() ? name : path + "." + name, value);
  }

  Element item(int index, JsonNode value) {
    return new Element(source, path + "[" + index + "]", value);
  }
}
