package dev.lakebed.auth;

import dev.lakebed.policy.Policy;
import java.util.List;

/**
 * What an action is asked on.
 *
 * @param arn full ARN, or {@code *}
 * @param account account that owns it
 * @param policies resource policies that guard it, for example the bucket policy
 * @param ownAccountOnly whether nobody outside {@code account} is let in, whatever the policies say
 */
public record Resource(String arn, String account, List<Policy> policies, boolean ownAccountOnly) {
  /** Copies the list. */
  public Resource {
    policies = List.copyOf(policies);
  }

  /** A resource with policies. */
  public Resource(String arn, String account, List<Policy> policies) {
    this(arn, account, policies, false);
  }

  /** A resource without policies of its own. */
  public static Resource of(String arn, String account) {
    return new Resource(arn, account, List.of());
  }
}
