package dev.lakebed.iam.api;

import dev.lakebed.operation.query.QueryRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The limits of a list of structures.
 *
 * @param fields their texts, with limits
 * @param required which of them each must have
 * @param lists fields that are lists of texts without limits
 */
record Structures(
    String name, int most, Map<String, Parameter> fields, Set<String> required, Set<String> lists)
    implements Input {
  @Override
  public void check(QueryRequest query) {
    List<Map<String, String>> members = query.structures(name);
    Texts.requireSize(name, members.size(), 0, most);
    members.forEach(this::check);
  }

  private void check(Map<String, String> member) {
    member.forEach(this::check);
    for (String field : required) {
      if (!member.containsKey(field)) {
        throw Parameter.violated(name + "." + field, "Member must not be null");
      }
    }
  }

  private void check(String field, String value) {
    int dot = field.indexOf('.');
    if (lists.contains(dot < 0 ? field : field.substring(0, dot))) {
      return;
    }
    Optional.ofNullable(fields.get(field))
        .orElseThrow(() -> Parameter.violated(name, "Members have no such field"))
        .check(value);
  }
}
