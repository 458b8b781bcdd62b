package dev.lakebed.auth;

import dev.lakebed.policy.Decision;
import java.util.Optional;

/** The principal of one request together with the question what it may do in that request. */
public interface Caller {
  /** Who asks. */
  Principal principal();

  /** The access key that signed the request; empty when nobody signed it. */
  default Optional<String> accessKeyId() {
    return Optional.empty();
  }

  /**
   * The same request in the name of a principal that was proven by other means than a signature.
   *
   * @throws UnsupportedOperationException when the caller is not one of a request
   */
  default Caller as(Principal proven) {
    throw new UnsupportedOperationException("not the caller of a request");
  }

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
