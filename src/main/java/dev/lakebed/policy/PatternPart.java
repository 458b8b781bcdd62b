package dev.lakebed.policy;

import dev.lakebed.policy.Policy.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

sealed interface PatternPart {
  /** Characters that stand for themselves. */
  record Literal(String text) implements PatternPart {}

  /** {@code *}: any run of characters, also none. */
  record AnyRun() implements PatternPart {}

  /** {@code ?}: exactly one character. */
  record AnyOne() implements PatternPart {}

  /** A condition key whose value is put in literally. {@code key} is in lower case. */
  record Variable(String key, String name, Optional<String> fallback) implements PatternPart {}

  /** Splits a text; what it may not hold, variables or wildcards, stands for itself. */
  static List<PatternPart> read(Node.Text source, boolean variables, boolean wildcards) {
    return new Reader(source, variables, wildcards).read();
  }

  /** Splits a text that may hold wildcards and no variables. */
  static List<PatternPart> wildcards(String text) {
    return read(new Node.Text(text, true, new Position(1, 1)), false, true);
  }

  /**
   * Splits the text of a policy element into literals, wildcards and variables.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html">AWS</a>
   */
  final class Reader {
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
    private final List<PatternPart> parts = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();

    private Reader(Node.Text source, boolean variables, boolean wildcards) {
      this.source = source;
      this.variables = variables;
      this.wildcards = wildcards;
    }

    private List<PatternPart> read() {
      String text = source.value();
      int at = 0;
      while (at < text.length()) {
        char c = text.charAt(at);
        if (variables && text.startsWith("${", at)) {
          at = variable(text, at);
          continue;
        }
        switch (c) {
          case '*' -> wildcard(c, new PatternPart.AnyRun());
          case '?' -> wildcard(c, new PatternPart.AnyOne());
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
        throw source.error("malformed policy variable in " + Node.quoted(text));
      }
      String character = matcher.group(1);
      String key = matcher.group(2);
      if (character != null) {
        literal.append(character);
      } else if (key != null) {
        flush();
        parts.add(
            new PatternPart.Variable(
                key.toLowerCase(Locale.ROOT), key, Optional.ofNullable(matcher.group(3))));
      }
      return matcher.end();
    }

    private void wildcard(char c, PatternPart part) {
      if (wildcards) {
        flush();
        parts.add(part);
      } else {
        literal.append(c);
      }
    }

    private void flush() {
      if (!literal.isEmpty()) {
        parts.add(new PatternPart.Literal(literal.toString()));
        literal.setLength(0);
      }
    }
  }
}
