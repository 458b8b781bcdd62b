package dev.lakebed.iam.api.parameter;

import dev.lakebed.operation.query.Parameter;
import dev.lakebed.operation.query.ParameterLimits;
import dev.lakebed.operation.query.ParameterLimits.StructureList;
import dev.lakebed.operation.query.QueryError;
import dev.lakebed.operation.query.QueryRequest;
import dev.lakebed.policy.ValueType;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** The condition keys that a simulation is given, each with values of the type that it says. */
public final class ContextEntries {
  private static final int MOST = 100;

  /** The model has none. */
  private static final int NO_LIMIT = 1000;

  private static final String LIST = "List";
  private static final Parameter NAME =
      Parameter.of("ContextKeyName", 5, 256, "[^\\s:]+:[\\s\\S]+");

  public static final ParameterLimits ENTRIES =
      new StructureList(
          "ContextEntries",
          NO_LIMIT,
          Map.of(
              "ContextKeyName",
              Parameter.any("contextEntries.contextKeyName", 5, 256),
              "ContextKeyType",
              Parameter.oneOf(
                  "contextEntries.contextKeyType",
                  "string",
                  "stringList",
                  "numeric",
                  "numericList",
                  "boolean",
                  "booleanList",
                  "ip",
                  "ipList",
                  "binary",
                  "binaryList",
                  "date",
                  "dateList")),
          Set.of(),
          Set.of("ContextKeyValues"));

  private ContextEntries() {}

  /** Values by key in lower case. */
  public static Map<String, List<String>> read(QueryRequest query) {
    Map<String, List<String>> context = new HashMap<>();
    for (int number = 1; ; number++) {
      String stem = "ContextEntries.member." + number + ".";
      Optional<String> name = query.text(stem + "ContextKeyName");
      List<String> values = values(query, stem + "ContextKeyValues.member.");
      Optional<String> type = query.text(stem + "ContextKeyType");
      if (name.isEmpty() && values.isEmpty() && type.isEmpty()) {
        return context;
      }
      refuse(number > MOST, "ContextEntries has more than " + MOST + " members");
      String key = NAME.parse(name.orElseThrow(NAME::missing));
      check(key, type.orElse("string"), values);
      refuse(
          context.put(key.toLowerCase(Locale.ROOT), values) != null,
          "ContextEntries has the key " + key + " twice");
    }
  }

  private static List<String> values(QueryRequest query, String stem) {
    return IntStream.iterate(1, number -> number + 1)
        .mapToObj(number -> query.text(stem + number))
        .takeWhile(Optional::isPresent)
        .flatMap(Optional::stream)
        .toList();
  }

  private static void check(String key, String type, List<String> values) {
    boolean list = type.endsWith(LIST);
    String word = list ? type.substring(0, type.length() - LIST.length()) : type;
    ValueType scalar = ValueType.valueOf(word.toUpperCase(Locale.ROOT));
    refuse(values.isEmpty(), "The context key " + key + " has no value");
    refuse(!list && values.size() > 1, "The context key " + key + " is no list and has values");
    for (String value : values) {
      refuse(!scalar.accepts(value), "A value of the context key " + key + " is not of " + type);
    }
  }

  private static void refuse(boolean wrong, String message) {
    if (wrong) {
      throw QueryError.INVALID_INPUT.because(message);
    }
  }
}
