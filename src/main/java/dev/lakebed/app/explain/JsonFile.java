package dev.lakebed.app.explain;

import dev.lakebed.app.explain.Explain.UsageException;
import dev.lakebed.json.JsonPlace.MalformedJsonException;
import dev.lakebed.json.StrictJson;
import dev.lakebed.json.StrictJson.JsonLimits;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads what AWS clients print. Members that are not asked for are left alone. */
final class JsonFile {
  private JsonFile() {}

  static JsonObject read(Path file) throws IOException {
    try {
      return StrictJson.object(Files.readAllBytes(file), JsonLimits.FILE);
    } catch (MalformedJsonException notJson) {
      throw new UsageException(file + " is no JSON object: " + notJson.getMessage());
    }
  }

  /** The objects of an array that may be left out. */
  static List<JsonObject> objects(JsonObject holder, String name) {
    return items(holder, name).map(JsonFile::object).toList();
  }

  /** The texts of an array that may be left out. */
  static List<String> texts(JsonObject holder, String name) {
    return items(holder, name).map(JsonFile::text).toList();
  }

  private static Stream<JsonValue> items(JsonObject holder, String name) {
    Optional<JsonValue> value = find(holder, name);
    if (value.isPresent() && value.get().getValueType() != JsonValue.ValueType.ARRAY) {
      throw new UsageException(name + " is no array");
    }
    return value.stream().flatMap(array -> array.asJsonArray().stream());
  }

  static Optional<JsonObject> object(JsonObject holder, String name) {
    return find(holder, name).map(JsonFile::object);
  }

  static String text(JsonObject holder, String name) {
    return text(required(holder, name));
  }

  private static JsonValue required(JsonObject holder, String name) {
    return find(holder, name).orElseThrow(() -> new UsageException("an entry lacks " + name));
  }

  /** A policy document: decoded, as clients print it, or percent-encoded, as on the wire. */
  static String document(JsonObject holder, String name) {
    JsonValue value = required(holder, name);
    if (!(value instanceof JsonString text)) {
      return value.toString();
    }
    String json = text.getString();
    return json.startsWith("%") ? URLDecoder.decode(json, StandardCharsets.UTF_8) : json;
  }

  private static Optional<JsonValue> find(JsonObject holder, String name) {
    return Optional.ofNullable(holder.get(name))
        .filter(value -> value.getValueType() != JsonValue.ValueType.NULL);
  }

  private static JsonObject object(JsonValue value) {
    if (value.getValueType() != JsonValue.ValueType.OBJECT) {
      throw new UsageException("expected an object, not " + value.getValueType());
    }
    return value.asJsonObject();
  }

  private static String text(JsonValue value) {
    if (value instanceof JsonString text) {
      return text.getString();
    }
    throw new UsageException("expected a text, not " + value.getValueType());
  }
}
