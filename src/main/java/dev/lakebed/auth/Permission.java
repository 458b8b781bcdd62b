package dev.lakebed.auth;

import dev.lakebed.policy.Decision;
import dev.lakebed.policy.Keys;
import dev.lakebed.policy.Policy;
import java.util.List;
import java.util.Optional;

/** One thing a request must be allowed to do, with condition keys such as {@code s3:prefix}. */
public record Permission(String action, Resource resource, Keys keys) {
  public static Permission of(String action, Resource resource) {
    return new Permission(action, resource, Keys.NONE);
  }

  /**
   * What an action is asked on.
   *
   * @param arn full ARN, or {@code *}
   * @param named what a refusal calls it: the ARN as far as the caller named it, so that a refusal
   *     tells nothing of the resource
   * @param policies resource policies that guard it, for example the bucket policy
   */
  public record Resource(
      String arn, String named, String account, List<Policy> policies, Optional<Closure> closed) {
    public Resource {
      policies = List.copyOf(policies);
    }

    public Resource(String arn, String account, List<Policy> policies) {
      this(arn, arn, account, policies, Optional.empty());
    }

    public static Resource of(String arn, String account) {
      return new Resource(arn, account, List.of());
    }

    /** The same under the name that the caller gave it. */
    public Resource named(String name) {
      return new Resource(arn, name, account, policies, closed);
    }

    /** The same for nobody outside the account. */
    public Resource closed(Decision.Prevented refusal) {
      return new Resource(arn, named, account, policies, Optional.of(new Closure(refusal, false)));
    }

    /** The same for nobody who did not sign. */
    public Resource closedToAnonymous(Decision.Prevented refusal) {
      return new Resource(arn, named, account, policies, Optional.of(new Closure(refusal, true)));
    }

    /** What keeps somebody out before any policy is asked. */
    Optional<Decision.Prevented> refusal(Principal principal) {
      return closed
          .filter(
              closure ->
                  closure.anonymousOnly()
                      ? principal instanceof Principal.Anonymous
                      : !principal.account().equals(account))
          .map(Closure::refusal);
    }

    /** A door that no policy opens: but for whoever signed, or else for the owner's account. */
    public record Closure(Decision.Prevented refusal, boolean anonymousOnly) {}
  }
}
