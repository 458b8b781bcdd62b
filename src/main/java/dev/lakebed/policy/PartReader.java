package dev.lakebed.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Splits the text of a policy element into literals, wildcards and variables.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html">AWS
 *     policy variables</a>
 */
final class PartReader {
  private static final String CHARACTER = "[^{}',*?$]";

  private static final String NO_SPACE = "[^{}',*?$\\s]";

  /** Spaces are taken whole, so that time does not grow with the square of their number. */
  private static final Pattern VARIABLE =
      Pattern.compile(
          "\\$\\{(?:([*?$])|\\s*+(%2$s(?:%1$s*%2$s)?)\\s*+(?:,\\s*+'([^']*+)'\\s*+)?)\\}"
              .formatted(CHARACTER, NO_SPACE));

  private final Node.Text source;
  private final boolean variables;
  private final boolean wildcards;
  private final List<Part> parts = new ArrayList<>();
  private final StringBuilder literal = new StringBuilder();

  private PartReader(Node.Text source, boolean variables, boolean wildcards) {
    this.source = source;
    this.variables = variables;
    this.wildcards = wildcards;
  }

  static List<Part> read(Node.Text source, boolean variables, boolean wildcards) {
    return new PartReader(source, variables, wildcards).read();
  }

  /** Splits a text that may hold wildcards and no variables. */
  static List<Part> wildcards(String text) {
    return read(new Node.Text(text, true, new Position(1, 1)), false, true);
  }

  private List<Part> read() {
    String text = source.value();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (variables && text.startsWith("${", at)) {
        at = variable(text, at);
        continue;
      }
      switch (c) {
        case '*' -> wildcard(c, new Part.AnyRun());
        case '?' -> wildcard(c, new Part.AnyOne());
        default -> literal.append(c);
      }
      at++;
    }
    flush();
    return List.copyOf(parts);
  }

  private int variable(String text, int at) {
    Matcher matcher = VARIABLE.matcher(text).region(at, text.length());
    if (!matcher.lookingAt()) {
      throw source.error("malformed policy variable in " + Quoted.of(text));
    }
    String character = matcher.group(1);
    String key = matcher.group(2);
    if (character != null) {
      literal.append(character);
    } else if (key != null) {
      flush();
      parts.add(
          new Part.Variable(
              key.toLowerCase(Locale.ROOT), key, Optional.ofNullable(matcher.group(3))));
    }
    return matcher.end();
  }

  private void wildcard(char c, Part part) {
    if (wildcards) {
      flush();
      parts.add(part);
    } else {
      literal.append(c);
    }
  }

  private void flush() {
    if (!literal.isEmpty()) {
      parts.add(new Part.Literal(literal.toString()));
      literal.setLength(0);
    }
  }
}
