package dev.lakebed.policy;

import java.util.List;

/** A JSON value that knows its place, so that every later check can say where it failed. */
sealed interface Node {
  Position at();

  /** A string, or the text of a number or boolean. */
  record Text(String value, boolean string, Position at) implements Node {}

  /** The null value, which no element of a policy accepts. */
  record Nothing(Position at) implements Node {}

  /** An array. */
  record Items(List<Node> values, Position at) implements Node {}

  /**
   * An object without duplicate names.
   *
   * @param end the place behind its closing brace
   */
  record Members(List<Member> members, Position at, Position end) implements Node {}

  /** A name and its value. */
  record Member(String name, Position at, Node value) {}

  default MalformedPolicyException error(String reason) {
    return at().error(reason);
  }

  /** The members of an object. */
  default List<Member> members(String what) {
    return object(what).members();
  }

  /** An object. */
  default Members object(String what) {
    if (this instanceof Members object) {
      return object;
    }
    throw error(what + " must be an object");
  }

  /** A string. */
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
}
