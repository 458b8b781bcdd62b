package dev.lakebed.iam.config;

import dev.lakebed.json.StrictJson.JsonLimits;
import dev.lakebed.json.StrictParser;
import jakarta.json.stream.JsonParser.Event;
import java.util.ArrayList;
import java.util.List;

/** A JSON value and where it stands in its text: from {@code start} up to before {@code end}. */
sealed interface JsonNode {
  int start();

  int end();

  default String kind() {
    return switch (this) {
      case Text text -> "a string";
      case Numeral number -> "a number";
      case Bool flag -> "true or false";
      case Null none -> "null";
      case Array array -> "an array";
      case Struct object -> "an object";
    };
  }

  record Text(int start, int end, String value) implements JsonNode {}

  record Numeral(int start, int end, String literal) implements JsonNode {}

  record Bool(int start, int end, boolean value) implements JsonNode {}

  record Null(int start, int end) implements JsonNode {}

  record Array(int start, int end, List<JsonNode> items) implements JsonNode {}

  record Struct(int start, int end, List<Member> members) implements JsonNode {}

  /** A member of an object; names may occur twice here. */
  record Member(int start, String name, JsonNode value) {}

  /** Builds the tree of a JSON text and keeps the place of every value. */
  record JsonTree(StrictParser parser) {
    static JsonNode parse(String text) {
      try (StrictParser parser = StrictParser.withRepeatedMembers(text, JsonLimits.FILE)) {
        JsonNode root = new JsonTree(parser).value(parser.next());
        parser.end();
        return root;
      }
    }

    private JsonNode value(Event event) {
      int start = start();
      return switch (event) {
        case START_OBJECT -> object(start);
        case START_ARRAY -> array(start);
        case VALUE_STRING -> new JsonNode.Text(start, end(), parser.text());
        case VALUE_NUMBER -> new JsonNode.Numeral(start, end(), parser.text());
        case VALUE_TRUE -> new JsonNode.Bool(start, end(), true);
        case VALUE_FALSE -> new JsonNode.Bool(start, end(), false);
        case VALUE_NULL -> new JsonNode.Null(start, end());
        case KEY_NAME, END_OBJECT, END_ARRAY ->
            throw new IllegalStateException("no value begins with " + event);
      };
    }

    private JsonNode object(int start) {
      List<JsonNode.Member> members = new ArrayList<>();
      while (parser.next() == Event.KEY_NAME) {
        int keyStart = start();
        String name = parser.text();
        members.add(new JsonNode.Member(keyStart, name, value(parser.next())));
      }
      return new JsonNode.Struct(start, end(), List.copyOf(members));
    }

    private JsonNode array(int start) {
      List<JsonNode> items = new ArrayList<>();
      for (Event event = parser.next(); event != Event.END_ARRAY; event = parser.next()) {
        items.add(value(event));
      }
      return new JsonNode.Array(start, end(), List.copyOf(items));
    }

    private int start() {
      return parser.start().offset();
    }

    private int end() {
      return parser.behind().offset();
    }
  }
}
