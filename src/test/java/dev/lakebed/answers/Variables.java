package dev.lakebed.answers;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakebed.kit.Keys;
import java.net.URLEncoder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What earlier answers said; <code>{{name}}</code> in a request, or <code>{{%name}}</code>. */
final class Variables {
  private static final Pattern PLACE = Pattern.compile("\\{\\{(?<encoded>%?)(?<name>[\\w.]+)}}");

  /** Those of config.json, and two that no server takes. */
  private static final Map<String, Keys> CONFIGURED =
      Map.of(
          "admin", Keys.of("ANSWERSADMIN00000001", "admin-secret-of-the-answers"),
          "reader", Keys.of("ANSWERSREADER0000001", "reader-secret-of-the-answers"),
          "nobody", Keys.of("ANSWERSNOBODY0000001", "nobody-secret-of-the-answers"),
          "neighbour", Keys.of("ANSWERSNEIGHBOUR0001", "neighbour-secret-of-the-answers"),
          "owner", Keys.of("ANSWERSOWNER00000001", "owner-secret-of-the-answers"),
          "forger", Keys.of("ANSWERSADMIN00000001", "no-secret-of-the-answers"),
          "stranger", Keys.of("ANSWERSSTRANGER00001", "no-secret-of-the-answers"));

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

  /** The key of that name: configured, or of {@code name.id}, {@code .secret}, {@code .token}. */
  Keys keys(String name) {
    Keys configured = CONFIGURED.get(name);
    return configured != null
        ? configured
        : new Keys(
            get(name + ".id"),
            get(name + ".secret"),
            Optional.ofNullable(values.get(name + ".token")));
  }
}
