package dev.lakebed.tables.rest;

import dev.lakebed.json.JsonPlace.MalformedJsonException;
import dev.lakebed.json.StrictJson;
import dev.lakebed.json.StrictJson.JsonLimits;
import dev.lakebed.tables.rest.TablesError.TablesException;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The members of a request body. As AWS's JSON services do, it ignores members it is not asked for
 * and takes {@code null} for absent; a value of the wrong type is refused with its path.
 */
public final class JsonMembers {
  public static final JsonMembers NONE = of(JsonValue.EMPTY_JSON_OBJECT);

  private final JsonObject object;
  private final String path;

  private JsonMembers(JsonObject object, String path) {
    this.object = object;
    this.path = path;
  }

  /**
   * The members of a whole body, or fails with {@code BAD_REQUEST} and the place of what is wrong.
   */
  public static JsonMembers read(byte[] body) {
    try {
      return of(StrictJson.object(body, JsonLimits.REQUEST));
    } catch (MalformedJsonException malformed) {
      throw refusal("JSON:", malformed.getMessage());
    }
  }

  private static JsonMembers of(JsonObject body) {
    return new JsonMembers(body, "$");
  }

  private static TablesException refusal(String path, @Nullable String problem) {
    return TablesError.BAD_REQUEST.because(
        "The request body is not valid: " + path + ' ' + problem);
  }

  /** Whether the member is there and not null. */
  public boolean has(String name) {
    return value(name).isPresent();
  }

  public String text(String name) {
    return optionalText(name).orElseThrow(() -> missing(name));
  }

  public Optional<String> optionalText(String name) {
    return value(name).map(value -> text(value, at(name)));
  }

  /** A text or number as one text, a list as its texts: the ways clients send a parameter. */
  public List<String> scalars(String name) {
    return value(name)
        .map(
            value ->
                switch (value) {
                  case JsonNumber number -> List.of(number.bigDecimalValue().toPlainString());
                  case JsonArray array -> texts(name);
                  default -> List.of(text(value, at(name)));
                })
        .orElse(List.of());
  }

  public List<String> texts(String name) {
    JsonValue value = value(name).orElseThrow(() -> missing(name));
    if (!(value instanceof JsonArray array)) {
      throw refusal(at(name), "must be an array");
    }
    return array.stream().map(element -> text(element, at(name) + "[]")).toList();
  }

  /** An object whose members are all texts; empty when it is not there. */
  Map<String, String> textMap(String name) {
    Map<String, String> texts = new LinkedHashMap<>();
    JsonMembers inner = members(name).orElse(NONE);
    inner.object.forEach((key, value) -> texts.put(key, text(value, inner.at(key))));
    return texts;
  }

  Optional<JsonMembers> members(String name) {
    Optional<JsonValue> value = value(name);
    if (value.isPresent() && !(value.get() instanceof JsonObject)) {
      throw refusal(at(name), "must be an object");
    }
    return value.map(object -> new JsonMembers(object.asJsonObject(), at(name)));
  }

  private Optional<JsonValue> value(String name) {
    return Optional.ofNullable(object.get(name)).filter(value -> value != JsonValue.NULL);
  }

  private static String text(JsonValue value, String path) {
    if (value instanceof JsonString text) {
      return text.getString();
    }
    throw refusal(path, "must be a string");
  }

  private RuntimeException missing(String name) {
    return refusal(at(name), "is required");
  }

  private String at(String name) {
    return path + '.' + name;
  }
}
