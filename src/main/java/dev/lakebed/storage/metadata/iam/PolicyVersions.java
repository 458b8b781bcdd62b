package dev.lakebed.storage.metadata.iam;

import dev.lakebed.storage.metadata.iam.Entity.Kind;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Versions of managed policies, within one transaction. */
public record PolicyVersions(Sql sql) {
  /** All versions, the newest first. */
  public List<PolicyVersion> of(String policyId) {
    return versions("policy_id = ?1 order by policy_id desc, number desc", policyId).toList();
  }

  public Optional<PolicyVersion> find(String policyId, int number) {
    return versions("policy_id = ?1 and number = ?2", policyId, number).findFirst();
  }

  private Stream<PolicyVersion> versions(String where, Object... values) {
    String select = "select number, document, created_ms from iam_policy_version where ";
    return sql.rows(select + where, values).stream()
        .map(
            row ->
                new PolicyVersion(
                    (Integer) row[0], (String) row[1], Instant.ofEpochMilli((Long) row[2])));
  }

  /** Default versions of policies, by name without case; names of no policy are left out. */
  public List<InForce> inForce(String account, Collection<String> names) {
    return sql
        .rows(
            "select p.path, p.name, v.document from iam_entity p join iam_policy_version v"
                + " on v.policy_id = p.id and v.number = p.default_version"
                + " where p.account = ?1 and p.kind = 'POLICY' and p.folded = any(?2)",
            account,
            names.stream().map(EntityRow::fold).toArray(String[]::new))
        .stream()
        .map(
            row ->
                new InForce(
                    Kind.POLICY.arn(account, (String) row[0], (String) row[1]),
                    (String) row[1],
                    (String) row[2]))
        .toList();
  }

  /** A policy in its default version. */
  public record InForce(String arn, String name, String document) {}

  public void add(String policyId, PolicyVersion version) {
    sql.update(
        "insert into iam_policy_version values (?1, ?2, ?3, ?4)",
        policyId,
        version.number(),
        version.document(),
        version.created().toEpochMilli());
  }

  public void remove(String policyId, int number) {
    sql.update(
        "delete from iam_policy_version where policy_id = ?1 and number = ?2", policyId, number);
  }

  /** A version of a managed policy, numbered from 1. */
  public record PolicyVersion(int number, String document, Instant created) {
    /** {@code v3}. */
    public String id() {
      return "v" + number;
    }

    /** Whether it is the default version of the policy. */
    public boolean isIn(Entity policy) {
      return number == policy.versions().inForce();
    }
  }
}
