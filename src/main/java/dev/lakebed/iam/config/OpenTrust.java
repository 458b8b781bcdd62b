package dev.lakebed.iam.config;

import java.util.List;
import java.util.Optional;

/**
 * Finds trust policies that let everybody in: an Allow to Principal {@code *} without Condition.
 */
final class OpenTrust {
  private OpenTrust() {}

  static boolean isOpen(JsonNode document) {
    Optional<JsonNode> statements = member(document, "Statement");
    return statements.isPresent() && items(statements.get()).stream().anyMatch(OpenTrust::open);
  }

  private static boolean open(JsonNode statement) {
    return member(statement, "Effect").filter(effect -> isText(effect, "Allow")).isPresent()
        && member(statement, "Condition").isEmpty()
        && member(statement, "Principal").filter(OpenTrust::everybody).isPresent();
  }

  private static boolean everybody(JsonNode principal) {
    return isText(principal, "*")
        || member(principal, "AWS")
            .filter(aws -> items(aws).stream().anyMatch(item -> isText(item, "*")))
            .isPresent();
  }

  private static boolean isText(JsonNode node, String wanted) {
    return node instanceof JsonNode.Text text && text.value().equals(wanted);
  }

  private static List<JsonNode> items(JsonNode node) {
    return node instanceof JsonNode.Array array ? array.items() : List.of(node);
  }

  private static Optional<JsonNode> member(JsonNode node, String name) {
    return node instanceof JsonNode.Struct struct
        ? struct.members().stream()
            .filter(member -> member.name().equals(name))
            .map(JsonNode.Member::value)
            .findFirst()
        : Optional.empty();
  }
}
