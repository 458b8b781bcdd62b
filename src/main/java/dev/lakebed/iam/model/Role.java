package dev.lakebed.iam.model;

import dev.lakebed.policy.Policy;
import dev.lakebed.policy.Question.Grants;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An IAM role.
 *
 * @param id the unique id, {@code AROA…}
 * @param trustDocument {@code trust} as JSON text
 * @param maxSession its own limit on sessions
 */
public record Role(
    String id,
    RoleArn arn,
    Policy trust,
    String trustDocument,
    List<Policy> policies,
    Optional<Policy> boundary,
    Map<String, String> tags,
    Optional<Duration> maxSession,
    String description) {
  public Role {
    policies = List.copyOf(policies);
    tags = Map.copyOf(tags);
  }

  /** A role of the configuration: its id is the same at every start and on every node. */
  public Role(
      RoleArn arn,
      String trustDocument,
      List<Policy> policies,
      Optional<Duration> maxSession,
      String description) {
    this(
        UniqueId.ofArn("AROA", arn.toString()),
        arn,
        Policy.parse("trust policy of " + arn.name(), trustDocument, Policy.Kind.TRUST),
        trustDocument,
        policies,
        Optional.empty(),
        Map.of(),
        maxSession,
        description);
  }

  public Grants grants(List<Policy> session) {
    return new Grants(policies, boundary, session, false);
  }

  /** How refusals and simulations name inline policies, which are no entities of their own. */
  public static final class InlinePolicyName {
    private InlinePolicyName() {}

    /** As AWS's simulator does, for example {@code user_alice_read}. */
    public static String of(String kind, String holder, String policy) {
      return kind + "_" + holder + "_" + policy;
    }
  }
}
