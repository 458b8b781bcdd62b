package dev.lakebed.metadata.iam;

import jakarta.persistence.EntityManager;
import java.util.LinkedHashMap;
import java.util.Map;

/** Policies that are part of one user, group or role, within one transaction. */
public final class InlinePolicies {
  private final EntityManager manager;

  InlinePolicies(EntityManager manager) {
    this.manager = manager;
  }

  /** Documents by name, ordered by name. */
  public Map<String, String> of(String entityId) {
    Map<String, String> documents = new LinkedHashMap<>();
    for (Object[] row :
        Sql.rows(
            manager,
            "select name, document from iam_inline_policy where entity_id = ?1 order by name",
            entityId)) {
      documents.put((String) row[0], (String) row[1]);
    }
    return documents;
  }

  /** Puts or replaces one. */
  public void put(String entityId, String name, String document) {
    Sql.update(
        manager,
        "insert into iam_inline_policy values (?1, ?2, ?3)"
            + " on conflict (entity_id, name) do update set document = excluded.document",
        entityId,
        name,
        document);
  }

  /** Whether there was one. */
  public boolean remove(String entityId, String name) {
    return Sql.update(
            manager,
            "delete from iam_inline_policy where entity_id = ?1 and name = ?2",
            entityId,
            name)
        > 0;
  }
}
