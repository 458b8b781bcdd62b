package dev.lakebed.policy;

import dev.lakebed.json.JsonPlace;
import dev.lakebed.json.JsonPlace.MalformedJsonException;
import dev.lakebed.json.StrictJson.JsonLimits;
import dev.lakebed.json.StrictParser;
import dev.lakebed.policy.Policy.MalformedPolicyException;
import dev.lakebed.policy.Policy.Position;
import dev.lakebed.policy.Policy.Span;
import jakarta.json.stream.JsonParser.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A JSON value that knows its place, so that every later check can say where it failed. */
sealed interface Node {
  Position at();

  /** A string, or the text of a number or boolean. */
  record Text(String value, boolean string, Position at) implements Node {}

  /** The null value, which no element of a policy accepts. */
  record Nothing(Position at) implements Node {}

  record Items(List<Node> values, Position at) implements Node {}

  /** An object without duplicate names. {@code end} is the place behind its closing brace. */
  record Members(List<Member> members, Position at, Position end) implements Node {}

  record Member(String name, Position at, Node value) {}

  /** A text of the document inside a message: short and without control characters. */
  static String quoted(String text) {
    String shown = text.length() > 80 ? text.substring(0, 80) + "…" : text;
    return '"' + shown.replaceAll("\\p{Cntrl}", "?") + '"';
  }

  default MalformedPolicyException error(String reason) {
    return at().error(reason);
  }

  default List<Member> members(String what) {
    return object(what).members();
  }

  default Members object(String what) {
    if (this instanceof Members object) {
      return object;
    }
    throw error(what + " must be an object");
  }

  default Text string(String what) {
    if (this instanceof Text text && text.string()) {
      return text;
    }
    throw error(what + " must be a string");
  }

  /** One string or an array of at least one. */
  default List<Text> strings(String what) {
    return each(what).stream().map(node -> node.string(what)).toList();
  }

  /** One scalar or an array of at least one; numbers and booleans become strings. */
  default List<Text> scalars(String what) {
    return each(what).stream().map(node -> node.scalar(what)).toList();
  }

  private Text scalar(String what) {
    if (this instanceof Text text) {
      return text;
    }
    throw error(what + " must be a string, number or boolean, or an array of them");
  }

  private List<Node> each(String what) {
    if (!(this instanceof Items items)) {
      return List.of(this);
    }
    if (items.values().isEmpty()) {
      throw error(what + " must not be empty");
    }
    return items.values();
  }

  /** The elements of a JSON object of which all names are known. */
  static final class Elements {
    private final String what;
    private final Position at;
    private final Position end;
    private final Map<String, Node.Member> members = new HashMap<>();

    private Elements(String what, Node.Members object) {
      this.what = what;
      this.at = object.at();
      this.end = object.end();
    }

    static Elements of(Node node, String what, Set<String> known) {
      Node.Members object = node.object(what);
      Elements elements = new Elements(what, object);
      for (Node.Member member : object.members()) {
        if (!known.contains(member.name())) {
          throw member.at().error("unknown element " + Node.quoted(member.name()) + " in " + what);
        }
        elements.members.put(member.name(), member);
      }
      return elements;
    }

    Span place() {
      return new Span(at, end);
    }

    Optional<Node> get(String name) {
      return Optional.ofNullable(members.get(name)).map(Node.Member::value);
    }

    Node require(String name) {
      return get(name).orElseThrow(() -> at.error(what + " lacks " + name));
    }

    /** The one of two elements that is there; both or none is an error. */
    Node.Member either(String name, String negatedName) {
      Node.Member plain = members.get(name);
      Node.Member negated = members.get(negatedName);
      if (plain != null && negated != null) {
        throw negated.at().error(name + " and " + negatedName + " exclude each other");
      }
      return Optional.ofNullable(plain)
          .or(() -> Optional.ofNullable(negated))
          .orElseThrow(() -> at.error(what + " lacks " + name));
    }

    void forbid(String name, String reason) {
      Node.Member member = members.get(name);
      if (member != null) {
        throw member.at().error(reason);
      }
    }
  }

  /** Reads JSON into nodes that know their places. */
  static final class NodeReader {
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
}
