package dev.lakebed.metadata.iam;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Versions of managed policies, within one transaction. */
public final class PolicyVersions {
  private final EntityManager manager;

  PolicyVersions(EntityManager manager) {
    this.manager = manager;
  }

  /** All versions, the newest first. */
  public List<PolicyVersion> of(String policyId) {
    return Sql.rows(
            manager,
            "select number, document, created_ms from iam_policy_version where policy_id = ?1"
                + " order by policy_id desc, number desc",
            policyId)
        .stream()
        .map(PolicyVersions::version)
        .toList();
  }

  /** One version. */
  public Optional<PolicyVersion> find(String policyId, int number) {
    return Sql.rows(
            manager,
            "select number, document, created_ms from iam_policy_version where policy_id = ?1"
                + " and number = ?2",
            policyId,
            number)
        .stream()
        .findFirst()
        .map(PolicyVersions::version);
  }

  private static PolicyVersion version(Object[] row) {
    return new PolicyVersion(
        (Integer) row[0], (String) row[1], Instant.ofEpochMilli((Long) row[2]));
  }

  /** Adds a version. */
  public void add(String policyId, PolicyVersion version) {
    Sql.update(
        manager,
        "insert into iam_policy_version values (?1, ?2, ?3, ?4)",
        policyId,
        version.number(),
        version.document(),
        version.created().toEpochMilli());
  }

  /** Whether there was such a version. */
  public boolean remove(String policyId, int number) {
    return Sql.update(
            manager,
            "delete from iam_policy_version where policy_id = ?1 and number = ?2",
            policyId,
            number)
        > 0;
  }
}
