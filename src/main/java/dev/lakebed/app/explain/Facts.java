package dev.lakebed.app.explain;

import dev.lakebed.http.LogText;
import java.util.Locale;
import java.util.Map;

/** Lines of {@code name: value} for a terminal. */
final class Facts {
  private final StringBuilder text = new StringBuilder();

  Facts add(String name, String value) {
    text.append("%-18s %s%n".formatted(name + ":", LogText.of(value)));
    return this;
  }

  /** What decided, with spaces in the names. */
  Facts addAll(Map<String, String> facts) {
    facts.forEach((name, value) -> add(words(name), name.equals("kind") ? words(value) : value));
    return this;
  }

  static String words(String camelCase) {
    return camelCase.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
