package dev.lakebed.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringTokenizer;

/**
 * The query of a request target, in the order sent. A name without {@code =} has the empty value.
 * {@code +} is a literal plus: S3 and SigV4 know no other reading.
 */
public final class QueryParameters {
  public static final QueryParameters NONE = new QueryParameters(List.of());

  /** One parameter, decoded once; the value is empty when it had none. */
  public record Parameter(String name, String value) {}

  private final List<Parameter> parameters;

  private QueryParameters(List<Parameter> parameters) {
    this.parameters = parameters;
  }

  /**
   * Parses a raw query. Fails with MalformedTargetException for a broken escape or bytes that are
   * not UTF-8.
   */
  public static QueryParameters parse(String rawQuery) {
    if (rawQuery.isEmpty()) {
      return NONE;
    }
    List<Parameter> parsed = new ArrayList<>();
    StringTokenizer pairs = new StringTokenizer(rawQuery, "&");
    while (pairs.hasMoreTokens()) {
      parsed.add(parameter(pairs.nextToken()));
    }
    return new QueryParameters(List.copyOf(parsed));
  }

  private static Parameter parameter(String raw) {
    int equals = raw.indexOf('=');
    return equals < 0
        ? new Parameter(PercentEncoding.decode(raw), "")
        : new Parameter(
            PercentEncoding.decode(raw.substring(0, equals)),
            PercentEncoding.decode(raw.substring(equals + 1)));
  }

  public List<Parameter> all() {
    return parameters;
  }

  /** Whether the name occurs, with or without a value. */
  public boolean has(String name) {
    return first(name).isPresent();
  }

  /** The first value of that name; names are case-sensitive. */
  public Optional<String> first(String name) {
    for (Parameter parameter : parameters) {
      if (parameter.name().equals(name)) {
        return Optional.of(parameter.value());
      }
    }
    return Optional.empty();
  }
}
