package dev.lakebed.iam.model;

import dev.lakebed.policy.Grants;
import dev.lakebed.policy.Policy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * An IAM role.
 *
 * @param arn account, path and name
 * @param trust who may assume it
 * @param policies what its sessions may do
 * @param maxSession its own limit on sessions
 * @param description free text
 */
public record Role(
    RoleArn arn,
    Policy trust,
    List<Policy> policies,
    Optional<Duration> maxSession,
    String description) {
  /** Copies the list. */
  public Role {
    policies = List.copyOf(policies);
  }

  /** The unique id, {@code AROA…}. */
  public String id() {
    return UniqueId.ofArn("AROA", arn.toString());
  }

  /**
   * What a session of the role may do.
   *
   * @param session session policies; empty when it is not narrowed
   */
  public Grants grants(List<Policy> session) {
    return new Grants(policies, Optional.empty(), session, false);
  }
}
