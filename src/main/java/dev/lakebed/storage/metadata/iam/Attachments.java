package dev.lakebed.storage.metadata.iam;

import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Managed policies attached to users, groups and roles, within one transaction. */
public record Attachments(Sql sql) {
  /** ARNs of what is attached, ordered. */
  public List<String> of(String entityId) {
    return sql.texts(
        "select policy_arn from iam_attachment where entity_id = ?1 order by policy_arn", entityId);
  }

  /** The same for several entities by their ids; those without are left out. */
  public Map<String, SortedSet<String>> of(List<String> entityIds) {
    return sql
        .rows(
            "select entity_id, policy_arn from iam_attachment where entity_id = any(?1)",
            (Object) entityIds.toArray(String[]::new))
        .stream()
        .collect(
            Collectors.groupingBy(
                row -> (String) row[0],
                Collectors.mapping(row -> (String) row[1], Collectors.toCollection(TreeSet::new))));
  }

  /** Attaches; nothing happens when it is attached already. */
  public void add(String entityId, String policyArn) {
    sql.update(
        "insert into iam_attachment values (?1, ?2) on conflict do nothing", entityId, policyArn);
  }

  public boolean remove(String entityId, String policyArn) {
    String delete = "delete from iam_attachment where entity_id = ?1 and policy_arn = ?2";
    return sql.update(delete, entityId, policyArn) > 0;
  }

  public int count(String account, String policyArn) {
    return sql.count(
        "select count(*) from iam_attachment a join iam_entity e on e.id = a.entity_id"
            + " where a.policy_arn = ?1 and e.account = ?2",
        policyArn,
        account);
  }

  public List<String> having(String policyArn) {
    return sql.texts(
        "select entity_id from iam_attachment where policy_arn = ?1 order by entity_id", policyArn);
  }
}
