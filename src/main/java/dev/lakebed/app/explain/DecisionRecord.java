package dev.lakebed.app.explain;

import dev.lakebed.app.explain.Explain.UsageException;
import dev.lakebed.app.explain.Verdict.Facts;
import dev.lakebed.audit.AuditSearch;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A refusal as the audit trail has it, one {@code name: value} a line. */
final class DecisionRecord {
  private static final String ID = "decisionId";
  private static final String FURTHER = "furtherDenials";

  /** What a line says of the request, and not of one of its refusals. */
  private static final Set<String> OF_REQUEST =
      Set.of(
          """
          time requestId who session sourceIp userAgent protocol operation request decision status
          errorCode\
          """
              .split("\\s+"));

  private DecisionRecord() {}

  static Optional<String> find(Path data, String id) throws IOException {
    if (!id.matches("[0-9A-F]{16}")) {
      throw new UsageException("a decision id has sixteen hexadecimal digits");
    }
    try {
      return new AuditSearch(data.resolve("audit"))
          .find(line -> line.contains(id) && parse(line).flatMap(l -> denial(l, id)).isPresent())
          .flatMap(DecisionRecord::parse)
          .flatMap(line -> denial(line, id).map(denial -> show(line, denial)));
    } catch (NoSuchFileException missing) {
      throw new UsageException("there is no audit trail in " + data);
    }
  }

  /** Empty for a line that was cut off. */
  private static Optional<JsonObject> parse(String line) {
    try (JsonReader reader = Json.createReader(new StringReader(line))) {
      return Optional.of(reader.readObject());
    } catch (JsonException cutOff) {
      return Optional.empty();
    }
  }

  private static Optional<JsonObject> denial(JsonObject line, String id) {
    JsonArray further = line.getJsonArray(FURTHER);
    Stream<JsonObject> others =
        further == null ? Stream.empty() : further.stream().map(JsonValue::asJsonObject);
    return Stream.concat(Stream.of(line), others)
        .filter(denial -> denial.getString(ID, "").equals(id))
        .findFirst();
  }

  private static String show(JsonObject line, JsonObject denial) {
    Facts facts = new Facts();
    line.forEach(
        (name, value) -> {
          if (OF_REQUEST.contains(name)) {
            show(facts, name, value);
          }
        });
    denial.forEach(
        (name, value) -> {
          if (!OF_REQUEST.contains(name) && value.getValueType() == JsonValue.ValueType.STRING) {
            show(facts, name, value);
          }
        });
    return facts.toString();
  }

  private static void show(Facts facts, String name, JsonValue value) {
    if (value instanceof JsonObject group) {
      group.forEach((part, inner) -> show(facts, name + " " + part, inner));
    } else {
      facts.add(Facts.words(name), text(value));
    }
  }

  private static String text(JsonValue value) {
    return switch (value.getValueType()) {
      case STRING -> ((JsonString) value).getString();
      case ARRAY ->
          value.asJsonArray().stream().map(DecisionRecord::text).collect(Collectors.joining(", "));
      default -> value.toString();
    };
  }
}
