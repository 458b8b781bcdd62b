package dev.lakebed.policy;

import dev.lakebed.policy.Glob.ArnGlob;
import dev.lakebed.policy.Keys.Effort;
import dev.lakebed.policy.MatchStyle.TextMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The Resource or NotResource element of a statement, or the values of a string or ARN condition.
 *
 * @param unresolved how a value counts whose variable has no value. It never matches, except below
 *     a negation in an Allow, where not matching would widen the grant
 * @param unclear how a value counts whose variable has several values, so that nobody knows which
 *     is meant: so that a Deny applies and an Allow does not
 * @param fixed whether no variable is among the values
 */
record Selector(
    List<TextPattern> patterns,
    boolean negated,
    boolean unresolved,
    boolean unclear,
    boolean fixed) {
  /** Steps of one value that the text does not even begin like. */
  private static final int ONE = 32;

  static final Selector ALL =
      of(List.of(new TextPattern.Fixed((text, effort) -> true)), false, false);

  Selector {
    patterns = List.copyOf(patterns);
  }

  static Selector resources(Node.Member element, boolean deny, boolean variables) {
    List<TextPattern> patterns =
        element.value().strings(element.name()).stream()
            .map(text -> resource(text, variables))
            .toList();
    return of(patterns, element.name().startsWith("Not"), deny);
  }

  private static TextPattern resource(Node.Text text, boolean variables) {
    List<PatternPart> parts = PatternPart.read(text, variables, true);
    if (!text.value().equals("*") && !isArn(parts)) {
      throw text.error(
          "malformed resource " + Node.quoted(text.value()) + ", expected an ARN or *");
    }
    return TextPattern.of(parts, MatchStyle.GLOB);
  }

  /** Six parts, or fewer when a star at the end may stand for the rest. */
  private static boolean isArn(List<PatternPart> parts) {
    return !parts.isEmpty()
        && parts.getFirst() instanceof PatternPart.Literal first
        && first.text().startsWith("arn:")
        && (ArnGlob.split(parts).size() == ArnGlob.ARN_PARTS
            || parts.getLast() instanceof PatternPart.AnyRun);
  }

  static Selector of(List<TextPattern> patterns, boolean negated, boolean deny) {
    boolean fixed = patterns.stream().allMatch(TextPattern.Fixed.class::isInstance);
    return new Selector(patterns, negated, negated && !deny, negated != deny, fixed);
  }

  boolean selects(String text, Keys keys) {
    return matches(text, keys) != negated;
  }

  /** Whether it would select the text with some values of its variables. */
  boolean canSelect(String text, Effort effort) {
    effort.spend((long) ONE * patterns.size());
    return negated
        ? patterns.stream()
            .noneMatch(p -> p.variables().findAny().isEmpty() && p.canMatch(text, effort))
        : patterns.stream().anyMatch(pattern -> pattern.canMatch(text, effort));
  }

  Stream<String> variables() {
    return patterns.stream().flatMap(TextPattern::variables).map(PatternPart.Variable::name);
  }

  /** Whether a value matches, before any negation. */
  boolean matches(String text, Keys keys) {
    return fixed ? keys.answer(this, text, () -> any(text, keys)) : any(text, keys);
  }

  private boolean any(String text, Keys keys) {
    boolean found = false;
    int tried = 0;
    while (!found && tried < patterns.size()) {
      found = patterns.get(tried++).matches(text, keys, this);
    }
    keys.effort().spend((long) ONE * tried);
    return found;
  }

  /** One value of an element, compiled as far as possible before a request comes. */
  sealed interface TextPattern {
    static TextPattern of(List<PatternPart> parts, MatchStyle style) {
      return parts.stream().anyMatch(PatternPart.Variable.class::isInstance)
          ? new Templated(parts, style, style.prefix(parts))
          : new Fixed(style.compile(parts));
    }

    /** Whether the text matches; the selector says what counts without one value of a variable. */
    boolean matches(String text, Keys keys, Selector selector);

    /** Whether some value of its variables would make it match. */
    boolean canMatch(String text, Effort effort);

    Stream<PatternPart.Variable> variables();

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
      public Stream<PatternPart.Variable> variables() {
        return Stream.empty();
      }
    }

    /**
     * Variables are replaced by literals, then compiled, for each request. {@code prefix} is how
     * every text begins that can match, which spares most texts the work.
     */
    record Templated(List<PatternPart> parts, MatchStyle style, String prefix)
        implements TextPattern {
      /** Steps of compiling a part, apart from its letters. */
      private static final int PART = 256;

      @Override
      public boolean matches(String text, Keys keys, Selector selector) {
        if (!selector.unresolved() && !text.startsWith(prefix)) {
          return false;
        }
        List<PatternPart> resolved = new ArrayList<>(parts.size());
        boolean unclear = false;
        for (PatternPart part : parts) {
          if (part instanceof PatternPart.Variable variable) {
            List<String> values = values(variable, keys);
            if (values.isEmpty()) {
              return selector.unresolved();
            }
            unclear |= values.size() > 1;
            resolved.add(
                values.size() > 1
                    ? new PatternPart.AnyRun()
                    : new PatternPart.Literal(values.getFirst()));
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
        List<PatternPart> open =
            parts.stream()
                .map(part -> part instanceof PatternPart.Variable ? new PatternPart.AnyRun() : part)
                .toList();
        effort.spend(compiling(open));
        return MatchStyle.GLOB.compile(open).matches(text, effort);
      }

      private static long compiling(List<PatternPart> parts) {
        long steps = 0;
        for (PatternPart part : parts) {
          steps +=
              PART + (part instanceof PatternPart.Literal literal ? literal.text().length() : 0);
        }
        return steps;
      }

      @Override
      public Stream<PatternPart.Variable> variables() {
        return parts.stream()
            .filter(PatternPart.Variable.class::isInstance)
            .map(PatternPart.Variable.class::cast);
      }

      private static List<String> values(PatternPart.Variable variable, Keys keys) {
        List<String> values = keys.values(variable.key());
        return values.isEmpty() ? variable.fallback().stream().toList() : values;
      }
    }
  }
}
