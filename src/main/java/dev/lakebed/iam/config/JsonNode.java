package dev.lakebed.iam.config;

import java.util.List;

/** A JSON value and where it stands in its text: from {@code start} up to before {@code end}. */
sealed interface JsonNode {
  int start();

  int end();

  /** The kind of value as a message names it. */
  String kind();

  record Text(int start, int end, String value) implements JsonNode {
    @Override
    public String kind() {
      return "a string";
    }
  }

  /** A number as written. */
  record Numeral(int start, int end, String literal) implements JsonNode {
    @Override
    public String kind() {
      return "a number";
    }
  }

  record Flag(int start, int end, boolean value) implements JsonNode {
    @Override
    public String kind() {
      return "true or false";
    }
  }

  record Null(int start, int end) implements JsonNode {
    @Override
    public String kind() {
      return "null";
    }
  }

  record Array(int start, int end, List<JsonNode> items) implements JsonNode {
    @Override
    public String kind() {
      return "an array";
    }
  }

  record Struct(int start, int end, List<Member> members) implements JsonNode {
    @Override
    public String kind() {
      return "an object";
    }
  }

  /** A member of an object; names may occur twice here. */
  record Member(int start, String name, JsonNode value) {}
}
