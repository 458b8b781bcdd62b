package dev.lakebed.auth;

import dev.lakebed.policy.Decision;

/** The policy engine said no. The message says which rule refused and holds no secret. */
public final class AccessDeniedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String principal;
  private final String action;
  private final String resource;
  private final transient Decision decision;

  /** A refusal of {@code action} on {@code resource} to {@code principal}. */
  public AccessDeniedException(
      String principal, String action, String resource, Decision decision) {
    super(
        "User: %s is not authorized to perform: %s on resource: %s %s"
            .formatted(principal, action, resource, decision.reason()));
    this.principal = principal;
    this.action = action;
    this.resource = resource;
    this.decision = decision;
  }

  /** ARN of the caller. */
  public String principal() {
    return principal;
  }

  /** The action refused. */
  public String action() {
    return action;
  }

  /** ARN of the resource. */
  public String resource() {
    return resource;
  }

  /** The decision with its reason. */
  public Decision decision() {
    return decision;
  }
}
