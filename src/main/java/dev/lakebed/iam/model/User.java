package dev.lakebed.iam.model;

import dev.lakebed.policy.Grants;
import dev.lakebed.policy.Policy;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An IAM user.
 *
 * @param account twelve-digit account
 * @param name unique in its account
 * @param enabled whether any of its keys and sessions work
 * @param tags principal tags
 * @param policies its own policies and those of its groups
 */
public record User(
    String account, String name, boolean enabled, Map<String, String> tags, List<Policy> policies) {
  /** Copies the collections. */
  public User {
    tags = Map.copyOf(tags);
    policies = List.copyOf(policies);
  }

  /** {@code arn:aws:iam::<account>:user/<name>}. */
  public String arn() {
    return "arn:aws:iam::" + account + ":user/" + name;
  }

  /** The unique id, {@code AIDA…}. */
  public String id() {
    return UniqueId.ofArn("AIDA", arn());
  }

  /** What the user may do. */
  public Grants grants() {
    return new Grants(policies, Optional.empty(), List.of(), false);
  }
}
