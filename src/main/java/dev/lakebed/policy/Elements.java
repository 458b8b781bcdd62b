package dev.lakebed.policy;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The elements of a JSON object of which all names are known. */
final class Elements {
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
        throw member.at().error("unknown element " + Quoted.of(member.name()) + " in " + what);
      }
      elements.members.put(member.name(), member);
    }
    return elements;
  }

  /** Where the object stands. */
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
    if (plain != null) {
      return plain;
    }
    if (negated != null) {
      return negated;
    }
    throw at.error(what + " lacks " + name);
  }

  void forbid(String name, String reason) {
    Node.Member member = members.get(name);
    if (member != null) {
      throw member.at().error(reason);
    }
  }
}
