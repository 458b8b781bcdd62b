package dev.lakebed.iam.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replaces {@code ${NAME}} in secrets by environment variables. */
final class Variables {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

  private Variables() {}

  /** The text with its variables replaced; empty, with a warning, when one of them is not set. */
  static Optional<String> expand(String text, Element element, Findings findings) {
    StringBuilder expanded = new StringBuilder();
    Matcher variable = VARIABLE.matcher(text);
    while (variable.find()) {
      String value = findings.environment().get(variable.group(1));
      if (value == null) {
        findings.warn(
            element,
            "environment variable " + variable.group(1) + " is not set; the key is left out");
        return Optional.empty();
      }
      variable.appendReplacement(expanded, Matcher.quoteReplacement(value));
    }
    return Optional.of(variable.appendTail(expanded).toString());
  }
}
