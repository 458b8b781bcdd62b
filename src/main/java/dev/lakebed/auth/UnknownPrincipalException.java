package dev.lakebed.auth;

/** A policy names a principal that does not exist. */
public final class UnknownPrincipalException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String principal;

  /**
   * Names it.
   *
   * @param type {@code AWS} or {@code Federated}
   */
  public UnknownPrincipalException(String type, String principal) {
    super("Invalid principal in policy: \"%s\":\"%s\"".formatted(type, principal));
    this.principal = principal;
  }

  /** The principal as the policy names it. */
  public String principal() {
    return principal;
  }
}
