package dev.lakebed.auth;

/**
 * Binds what policies name to who is there now, as AWS does: a stored policy holds the unique ids
 * of users and roles, so that one made anew under an old name is somebody else. Works on documents
 * that the policy grammar has taken.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html">AWS</a>
 */
public interface PrincipalBinding {
  /**
   * The document with unique ids in place of the ARNs of users, roles and role sessions. Accounts,
   * services and federated users stay as they are; they need not exist.
   */
  String bind(String document);

  /** A bound document with ARNs in place of the ids of users and roles that still exist. */
  String show(String document);

  /** A policy names a principal that does not exist. */
  public static final class UnknownPrincipalException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String principal;

    /** {@code type} is {@code AWS} or {@code Federated}. */
    public UnknownPrincipalException(String type, String principal) {
      super("Invalid principal in policy: \"%s\":\"%s\"".formatted(type, principal));
      this.principal = principal;
    }

    public String principal() {
      return principal;
    }
  }
}
