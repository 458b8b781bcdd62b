package dev.lakebed.auth;

import dev.lakebed.policy.Decision;

/** The principal of one request together with the question what it may do in that request. */
public interface Caller {
  /** Who asks. */
  Principal principal();

  /** Evaluates every policy that bears on the permission. */
  Decision decide(Permission permission);

  /** Whether the permission is given. */
  default boolean may(Permission permission) {
    return decide(permission).allowed();
  }

  /**
   * Demands the permission.
   *
   * @throws AccessDeniedException when it is not given
   */
  default void require(Permission permission) {
    Decision decision = decide(permission);
    if (!decision.allowed()) {
      throw new AccessDeniedException(
          principal().arn(), permission.action(), permission.resource().arn(), decision);
    }
  }
}
