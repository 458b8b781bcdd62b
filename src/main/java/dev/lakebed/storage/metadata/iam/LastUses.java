package dev.lakebed.storage.metadata.iam;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** When keys and principals were last used, within one transaction. */
public record LastUses(Sql sql) {
  /** Every service that was used, the latest first. */
  public List<LastUse> of(String id) {
    return uses("id = ?1", id).sorted((a, b) -> b.at().compareTo(a.at())).toList();
  }

  /** The same of several keys or principals, by id; one that used nothing is left out. */
  public Map<String, List<LastUse>> of(List<String> ids) {
    String where = "id = any(cast(?1 as varchar[])) order by used_ms desc";
    return uses(where, ids.toArray(String[]::new)).collect(Collectors.groupingBy(LastUse::id));
  }

  private Stream<LastUse> uses(String where, Object value) {
    String select = "select id, service, region, used_ms from iam_last_use where ";
    return sql.rows(select + where, value).stream()
        .map(
            row ->
                new LastUse(
                    (String) row[0],
                    (String) row[1],
                    (String) row[2],
                    Instant.ofEpochMilli((Long) row[3])));
  }

  /**
   * Notes uses, no two of the same id and service, unless later ones are there; how many it did.
   */
  public int note(List<LastUse> uses) {
    return sql.update(
        "insert into iam_last_use select * from"
            + " unnest(cast(?1 as varchar[]), cast(?2 as varchar[]), cast(?3 as varchar[]),"
            + " cast(?4 as bigint[])) on conflict (id, service) do update set"
            + " region = excluded.region, used_ms = excluded.used_ms"
            + " where iam_last_use.used_ms < excluded.used_ms",
        uses.stream().map(LastUse::id).toArray(String[]::new),
        uses.stream().map(LastUse::service).toArray(String[]::new),
        uses.stream().map(LastUse::region).toArray(String[]::new),
        uses.stream().map(use -> use.at().toEpochMilli()).toArray(Long[]::new));
  }

  /** Forgets all uses of a key or principal that is deleted. */
  public void forget(String id) {
    sql.update("delete from iam_last_use where id = ?1", id);
  }

  /**
   * When an access key, a user or a role, by its unique id, last used a service of a credential
   * scope.
   */
  public record LastUse(String id, String service, String region, Instant at) {}
}
