package dev.lakebed.storage.metadata.iam;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Policies that are part of one user, group or role, within one transaction. */
public record InlinePolicies(Sql sql) {
  /** Documents by name, ordered by name. */
  public Map<String, String> of(String entityId) {
    String select =
        "select name, document from iam_inline_policy where entity_id = ?1 order by name";
    Map<String, String> documents = new LinkedHashMap<>();
    sql.rows(select, entityId).forEach(row -> documents.put((String) row[0], (String) row[1]));
    return documents;
  }

  /** The same for several entities by their ids; those without are left out. */
  public Map<String, SortedMap<String, String>> of(List<String> entityIds) {
    return sql
        .rows(
            "select entity_id, name, document from iam_inline_policy where entity_id = any(?1)",
            (Object) entityIds.toArray(String[]::new))
        .stream()
        .collect(
            Collectors.groupingBy(
                row -> (String) row[0],
                Collectors.toMap(
                    row -> (String) row[1],
                    row -> (String) row[2],
                    (one, other) -> one,
                    TreeMap::new)));
  }

  public void put(String entityId, String name, String document) {
    sql.update(
        "insert into iam_inline_policy values (?1, ?2, ?3)"
            + " on conflict (entity_id, name) do update set document = excluded.document",
        entityId,
        name,
        document);
  }

  public boolean remove(String entityId, String name) {
    String delete = "delete from iam_inline_policy where entity_id = ?1 and name = ?2";
    return sql.update(delete, entityId, name) > 0;
  }
}
