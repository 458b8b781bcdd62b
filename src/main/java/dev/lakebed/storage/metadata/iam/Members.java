package dev.lakebed.storage.metadata.iam;

import jakarta.persistence.EntityManager;
import java.util.List;

/** Users in groups and roles in instance profiles, within one transaction. */
public final class Members {
  private final EntityManager manager;

  Members(EntityManager manager) {
    this.manager = manager;
  }

  /** Ids of what is in the container. */
  public List<String> in(String containerId) {
    return Sql.texts(
        manager,
        "select member_id from iam_member where container_id = ?1 order by member_id",
        containerId);
  }

  /** Ids of the containers that a member is in. */
  public List<String> containers(String memberId) {
    return Sql.texts(
        manager,
        "select container_id from iam_member where member_id = ?1 order by container_id",
        memberId);
  }

  /** Puts it in; nothing happens when it is there already. */
  public void add(String containerId, String memberId) {
    Sql.update(
        manager,
        "insert into iam_member values (?1, ?2) on conflict do nothing",
        containerId,
        memberId);
  }

  /** Whether it was in. */
  public boolean remove(String containerId, String memberId) {
    return Sql.update(
            manager,
            "delete from iam_member where container_id = ?1 and member_id = ?2",
            containerId,
            memberId)
        > 0;
  }
}
