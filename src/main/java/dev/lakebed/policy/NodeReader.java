package dev.lakebed.policy;

import dev.lakebed.json.JsonPlace;
import dev.lakebed.json.JsonPlace.MalformedJsonException;
import dev.lakebed.json.StrictJson.JsonLimits;
import dev.lakebed.json.StrictParser;
import dev.lakebed.policy.Policy.MalformedPolicyException;
import dev.lakebed.policy.Policy.Position;
import jakarta.json.stream.JsonParser.Event;
import java.util.ArrayList;
import java.util.List;

/** Reads JSON into nodes that know their places. */
final class NodeReader {
  /** The largest document the IAM API takes, in UTF-16 units. */
  static final int MAX_LENGTH = 131_072;

  /** The grammar nests six deep. */
  static final int MAX_DEPTH = 8;

  private static final JsonLimits LIMITS = JsonLimits.REQUEST.within(MAX_LENGTH, MAX_DEPTH);

  private final StrictParser parser;

  private NodeReader(StrictParser parser) {
    this.parser = parser;
  }

  static Node read(String json) {
    try (StrictParser parser = StrictParser.of(json, LIMITS)) {
      Node node = new NodeReader(parser).value(parser.next());
      parser.end();
      return node;
    } catch (MalformedJsonException notJson) {
      MalformedPolicyException refusal = position(notJson.place()).error(notJson.reason());
      refusal.initCause(notJson);
      throw refusal;
    }
  }

  private static Position position(JsonPlace place) {
    return new Position(place.line(), place.column());
  }

  private Node value(Event event) {
    Position at = position(parser.start());
    return switch (event) {
      case START_OBJECT -> members(at);
      case START_ARRAY -> items(at);
      case VALUE_STRING -> new Node.Text(parser.text(), true, at);
      case VALUE_NUMBER -> new Node.Text(parser.text(), false, at);
      case VALUE_TRUE -> new Node.Text("true", false, at);
      case VALUE_FALSE -> new Node.Text("false", false, at);
      case VALUE_NULL -> new Node.Nothing(at);
      case KEY_NAME, END_OBJECT, END_ARRAY -> throw at.error("a value is missing");
    };
  }

  private Node members(Position at) {
    List<Node.Member> members = new ArrayList<>();
    while (parser.next() == Event.KEY_NAME) {
      Position nameAt = position(parser.start());
      String name = parser.text();
      members.add(new Node.Member(name, nameAt, value(parser.next())));
    }
    return new Node.Members(List.copyOf(members), at, position(parser.behind()));
  }

  private Node items(Position at) {
    List<Node> items = new ArrayList<>();
    for (Event event = parser.next(); event != Event.END_ARRAY; event = parser.next()) {
      items.add(value(event));
    }
    return new Node.Items(List.copyOf(items), at);
  }
}
