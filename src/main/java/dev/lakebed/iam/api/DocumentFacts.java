package dev.lakebed.iam.api;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What can be read off a policy document that the grammar has taken. */
final class DocumentFacts {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^},]+)[^}]*}");

  private final String text;
  private final List<JsonObject> statements;

  DocumentFacts(String document) {
    this.text = document;
    try (JsonReader reader = Json.createReader(new StringReader(document))) {
      this.statements =
          each(reader.readObject(), "Statement").map(JsonValue::asJsonObject).toList();
    }
  }

  private static Stream<JsonValue> each(JsonObject object, String name) {
    JsonValue value = object.getOrDefault(name, JsonValue.EMPTY_JSON_ARRAY);
    return value instanceof JsonArray array ? array.stream() : Stream.of(value);
  }

  /** Keys of conditions and variables, as written. */
  Set<String> contextKeys() {
    Set<String> keys = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (JsonObject statement : statements) {
      if (statement.get("Condition") instanceof JsonObject condition) {
        condition.values().forEach(operator -> keys.addAll(operator.asJsonObject().keySet()));
      }
    }
    Matcher variable = VARIABLE.matcher(text);
    while (variable.find()) {
      if (variable.group(1).contains(":")) {
        keys.add(variable.group(1).strip());
      }
    }
    return keys;
  }

  /** Whether an Allow names an action of the service. */
  boolean grants(String service) {
    return statements.stream()
        .filter(statement -> statement.getString("Effect").equals("Allow"))
        .anyMatch(
            statement ->
                statement.containsKey("NotAction")
                    || each(statement, "Action")
                        .map(action -> ((JsonString) action).getString().toLowerCase(Locale.ROOT))
                        .anyMatch(
                            action -> action.equals("*") || action.startsWith(service + ":")));
  }
}
