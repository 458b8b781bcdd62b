package dev.lakebed.iam.config;

import jakarta.json.Json;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;

/** Builds the tree of a JSON text from the streaming parser and keeps the place of every value. */
final class JsonTree {
  private static final int MAX_DEPTH = 64;

  private final String text;
  private final JsonParser parser;
  private int previousEnd;
  private int depth;

  private JsonTree(String text, JsonParser parser) {
    this.text = text;
    this.parser = parser;
  }

  /**
   * Reads one JSON value.
   *
   * @throws jakarta.json.JsonException when the text is no JSON
   */
  static JsonNode parse(String text) {
    try (JsonParser parser = Json.createParser(new StringReader(text))) {
      JsonTree tree = new JsonTree(text, parser);
      JsonNode root = tree.value(parser.next());
      if (parser.hasNext()) {
        parser.next();
      }
      return root;
    }
  }

  private JsonNode value(Event event) {
    int start = start();
    return switch (event) {
      case START_OBJECT -> object(start);
      case START_ARRAY -> array(start);
      case VALUE_STRING -> new JsonNode.Text(start, end(), parser.getString());
      case VALUE_NUMBER -> new JsonNode.Numeral(start, end(), parser.getString());
      case VALUE_TRUE -> new JsonNode.Flag(start, end(), true);
      case VALUE_FALSE -> new JsonNode.Flag(start, end(), false);
      case VALUE_NULL -> new JsonNode.Null(start, end());
      case KEY_NAME, END_OBJECT, END_ARRAY ->
          throw new IllegalStateException("no value begins with " + event);
    };
  }

  private JsonNode object(int start) {
    enter();
    List<JsonNode.Member> members = new ArrayList<>();
    for (Event event = parser.next(); event != Event.END_OBJECT; event = parser.next()) {
      int keyStart = start();
      String name = parser.getString();
      end();
      members.add(new JsonNode.Member(keyStart, name, value(parser.next())));
    }
    depth--;
    return new JsonNode.Struct(start, end(), List.copyOf(members));
  }

  private JsonNode array(int start) {
    enter();
    List<JsonNode> items = new ArrayList<>();
    for (Event event = parser.next(); event != Event.END_ARRAY; event = parser.next()) {
      items.add(value(event));
    }
    depth--;
    return new JsonNode.Array(start, end(), List.copyOf(items));
  }

  private void enter() {
    end();
    if (++depth > MAX_DEPTH) {
      throw new jakarta.json.JsonException("nested deeper than " + MAX_DEPTH + " levels");
    }
  }

  /** The parser knows where a token ends; it begins after white space and punctuation. */
  private int start() {
    int at = previousEnd;
    while (at < text.length() && " \t\r\n,:".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at;
  }

  private int end() {
    previousEnd = (int) parser.getLocation().getStreamOffset();
    return previousEnd;
  }
}
