package dev.lakebed.iam.config;

import dev.lakebed.json.JsonLimits;
import dev.lakebed.json.StrictParser;
import jakarta.json.stream.JsonParser.Event;
import java.util.ArrayList;
import java.util.List;

/** Builds the tree of a JSON text and keeps the place of every value. */
final class JsonTree {
  private final StrictParser parser;

  private JsonTree(StrictParser parser) {
    this.parser = parser;
  }

  /**
   * Reads one JSON value.
   *
   * @throws dev.lakebed.json.MalformedJsonException when the text is no JSON
   */
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
      case VALUE_TRUE -> new JsonNode.Flag(start, end(), true);
      case VALUE_FALSE -> new JsonNode.Flag(start, end(), false);
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
