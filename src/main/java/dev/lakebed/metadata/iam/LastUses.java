package dev.lakebed.metadata.iam;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;

/** When keys and principals were last used, within one transaction. */
public final class LastUses {
  private final EntityManager manager;

  LastUses(EntityManager manager) {
    this.manager = manager;
  }

  /** Every service that was used, the latest first. */
  public List<LastUse> of(String id) {
    return Sql.rows(manager, "select service, region, used_ms from iam_last_use where id = ?1", id)
        .stream()
        .map(
            row ->
                new LastUse(
                    id, (String) row[0], (String) row[1], Instant.ofEpochMilli((Long) row[2])))
        .sorted((a, b) -> b.at().compareTo(a.at()))
        .toList();
  }

  /** Notes a use, unless a later one is noted already. */
  public void note(LastUse use) {
    Sql.update(
        manager,
        "insert into iam_last_use values (?1, ?2, ?3, ?4) on conflict (id, service) do update set"
            + " region = excluded.region, used_ms = excluded.used_ms"
            + " where iam_last_use.used_ms < excluded.used_ms",
        use.id(),
        use.service(),
        use.region(),
        use.at().toEpochMilli());
  }

  /** Forgets all uses of a key or principal that is deleted. */
  public void forget(String id) {
    Sql.update(manager, "delete from iam_last_use where id = ?1", id);
  }
}
