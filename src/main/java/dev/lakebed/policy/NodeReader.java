package dev.lakebed.policy;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import jakarta.json.stream.JsonParserFactory;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads JSON into nodes with bounded length and depth; duplicate names are refused. */
final class NodeReader {
  /** The largest document the IAM API takes, in UTF-16 units. */
  static final int MAX_LENGTH = 131_072;

  /** The grammar nests six deep. */
  static final int MAX_DEPTH = 8;

  private static final JsonParserFactory PARSERS = Json.createParserFactory(Map.of());

  private final JsonParser parser;
  private final Cursor cursor;
  private Position place = new Position(1, 1);

  private NodeReader(JsonParser parser, Cursor cursor) {
    this.parser = parser;
    this.cursor = cursor;
  }

  static Node read(String json) {
    Position start = new Position(1, 1);
    if (json.length() > MAX_LENGTH) {
      throw start.error("the document is longer than " + MAX_LENGTH + " characters");
    }
    Cursor cursor = new Cursor(json);
    try (JsonParser parser = PARSERS.createParser(new StringReader(json))) {
      NodeReader reader = new NodeReader(parser, cursor);
      Node node = reader.value(reader.next(), 0);
      if (parser.hasNext()) {
        throw cursor.nextToken().error("text follows the document");
      }
      return node;
    } catch (JsonException notJson) {
      MalformedPolicyException refusal = cursor.nextToken().error("the document is not valid JSON");
      refusal.initCause(notJson);
      throw refusal;
    }
  }

  private Event next() {
    place = cursor.nextToken();
    if (!parser.hasNext()) {
      throw place.error("the document ends too early");
    }
    Event event = parser.next();
    cursor.moveTo(parser.getLocation().getStreamOffset());
    return event;
  }

  private Node value(Event event, int depth) {
    Position at = place;
    if (depth > MAX_DEPTH) {
      throw at.error("the document nests deeper than " + MAX_DEPTH + " levels");
    }
    return switch (event) {
      case START_OBJECT -> members(at, depth);
      case START_ARRAY -> items(at, depth);
      case VALUE_STRING -> new Node.Text(string(at), true, at);
      case VALUE_NUMBER -> new Node.Text(parser.getString(), false, at);
      case VALUE_TRUE -> new Node.Text("true", false, at);
      case VALUE_FALSE -> new Node.Text("false", false, at);
      case VALUE_NULL -> new Node.Nothing(at);
      case KEY_NAME, END_OBJECT, END_ARRAY -> throw at.error("a value is missing");
    };
  }

  /** Half a surrogate pair is no character and would never match one. */
  private String string(Position at) {
    String text = parser.getString();
    if (text.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
      throw at.error("malformed Unicode");
    }
    return text;
  }

  private Node members(Position at, int depth) {
    List<Node.Member> members = new ArrayList<>();
    Set<String> names = new HashSet<>();
    while (next() == Event.KEY_NAME) {
      Position nameAt = place;
      String name = string(nameAt);
      if (!names.add(name)) {
        throw nameAt.error("duplicate element " + Quoted.of(name));
      }
      members.add(new Node.Member(name, nameAt, value(next(), depth + 1)));
    }
    return new Node.Members(List.copyOf(members), at, cursor.here());
  }

  private Node items(Position at, int depth) {
    List<Node> items = new ArrayList<>();
    for (Event event = next(); event != Event.END_ARRAY; event = next()) {
      items.add(value(event, depth + 1));
    }
    return new Node.Items(List.copyOf(items), at);
  }
}
