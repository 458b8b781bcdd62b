package dev.lakebed.answers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What earlier answers said; <code>{{name}}</code> in a request, or <code>{{%name}}</code>. */
final class Variables {
  private static final Pattern PLACE = Pattern.compile("\\{\\{(?<encoded>%?)(?<name>[\\w.]+)}}");

  private final Map<String, String> values = new HashMap<>();

  /** Takes what the step wants out of its answer. */
  void take(Step step, String answer) {
    step.takes()
        .forEach(
            (name, pattern) -> {
              Matcher matcher = pattern.matcher(answer);
              // An answer without it differs from the recorded one, which says more.
              values.put(name, matcher.find() ? matcher.group(1) : "missing-" + name);
            });
  }

  /** The text with values in their places. */
  String fill(String text) {
    return PLACE
        .matcher(text)
        .replaceAll(
            place -> {
              String value = get(place.group(2));
              boolean encoded = !place.group(1).isEmpty();
              String shown = encoded ? URLEncoder.encode(value, UTF_8).replace("+", "%20") : value;
              return Matcher.quoteReplacement(shown);
            });
  }

  String get(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no earlier step takes " + name);
    }
    return value;
  }

  boolean has(String name) {
    return values.containsKey(name);
  }
}
