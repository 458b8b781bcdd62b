package dev.lakebed.operation.query;

import dev.lakebed.operation.query.ParameterLimits.Value;
import dev.lakebed.operation.query.QueryError.QueryException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The limits of one text parameter.
 *
 * @param shown its name in messages
 * @param rule what a value must satisfy, for messages
 */
public record Parameter(String name, String shown, int least, int most, TextForm form, String rule)
    implements Value<String> {
  /** Text in any script without control characters. */
  public static Parameter text(String name, int least, int most) {
    return of(name, least, most, "[\\t\\n\\r -\\uFFFD\\x{10000}-\\x{10FFFF}]*");
  }

  public static Parameter of(String name, int least, int most, String form) {
    return new Parameter(
        name, shown(name), least, most, TextForm.of(form), "regular expression pattern: " + form);
  }

  public static Parameter oneOf(String name, String... values) {
    TextForm form =
        TextForm.of(Stream.of(values).map(Pattern::quote).collect(Collectors.joining("|")));
    return new Parameter(
        name, shown(name), 0, Integer.MAX_VALUE, form, "enum value set: " + List.of(values));
  }

  public Parameter shownAs(String other) {
    return new Parameter(name, other, least, most, form, rule);
  }

  public static Parameter any(String name, int least, int most) {
    return of(name, least, most, "[\\s\\S]*");
  }

  /** The value; ValidationError when the request has none. */
  public String require(QueryRequest query) {
    return find(query).orElseThrow(this::missing);
  }

  @Override
  public String parse(String value) {
    if (value.length() < least) {
      throw broken("Member must have length greater than or equal to " + least);
    }
    if (value.length() > most) {
      throw broken("Member must have length less than or equal to " + most);
    }
    if (!form.matches(value)) {
      throw broken("Member must satisfy " + rule);
    }
    return value;
  }

  @Override
  public QueryException missing() {
    return broken("Member must not be null");
  }

  /** The refusal of a value, in AWS's words. */
  public static QueryException violated(String name, String rule) {
    return refusal(shown(name), rule);
  }

  private QueryException broken(String limit) {
    return refusal(shown, limit);
  }

  private static QueryException refusal(String shown, String limit) {
    return QueryError.VALIDATION_ERROR.because(
        "1 validation error detected: Value at '%s' failed to satisfy constraint: %s"
            .formatted(shown, limit));
  }

  private static String shown(String name) {
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }
}
