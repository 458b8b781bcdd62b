package dev.lakebed.storage.metadata;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tags as the JSON object that their column holds; empty text for none. */
public final class TagText {
  private TagText() {}

  /** The text of a column. */
  public static String write(Map<String, String> tags) {
    if (tags.isEmpty()) {
      return "";
    }
    JsonObjectBuilder object = Json.createObjectBuilder();
    tags.forEach(object::add);
    return object.build().toString();
  }

  /** The tags that a column holds. */
  public static Map<String, String> read(String text) {
    Map<String, String> tags = new LinkedHashMap<>();
    if (!text.isEmpty()) {
      try (JsonReader reader = Json.createReader(new StringReader(text))) {
        reader
            .readObject()
            .forEach((key, value) -> tags.put(key, ((JsonString) value).getString()));
      }
    }
    return tags;
  }
}
