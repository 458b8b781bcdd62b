package dev.lakebed.storage.metadata.iam;

import java.util.List;

/** Users in groups and roles in instance profiles, within one transaction. */
public record Members(Sql sql) {
  public List<String> in(String containerId) {
    return sql.texts(
        "select member_id from iam_member where container_id = ?1 order by member_id", containerId);
  }

  public List<String> containers(String memberId) {
    return sql.texts(
        "select container_id from iam_member where member_id = ?1 order by container_id", memberId);
  }

  /** Puts it in; nothing happens when it is there already. */
  public void add(String containerId, String memberId) {
    sql.update(
        "insert into iam_member values (?1, ?2) on conflict do nothing", containerId, memberId);
  }

  public boolean remove(String containerId, String memberId) {
    String delete = "delete from iam_member where container_id = ?1 and member_id = ?2";
    return sql.update(delete, containerId, memberId) > 0;
  }
}
