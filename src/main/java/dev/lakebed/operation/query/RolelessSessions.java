package dev.lakebed.operation.query;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Denial;
import dev.lakebed.auth.Permission;
import dev.lakebed.auth.Permission.Resource;
import dev.lakebed.auth.Principal;
import dev.lakebed.operation.query.QueryError.QueryException;
import dev.lakebed.policy.Decision;

/**
 * What is kept from temporary credentials of users and root users, those of GetSessionToken,
 * GetFederationToken and AssumeRole without a role, whatever policies say. There is no MFA here
 * that could lift it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_sts-comparison.html">AWS,
 *     comparison of STS credentials</a>
 */
public final class RolelessSessions {
  private RolelessSessions() {}

  /**
   * Refuses an action to them; does nothing to other callers.
   *
   * @param action with the prefix of its service
   * @throws QueryException AccessDenied
   */
  public static void refuse(Caller caller, String action) {
    if (!(caller.principal() instanceof Principal.Session session)
        || session instanceof Principal.RoleSession) {
      return;
    }
    Denial denial =
        caller.deny(
            Permission.of(action, Resource.of("*", session.account())),
            new Decision.Prevented(
                "RolelessSession", "because temporary credentials of a user cannot call it"),
            "");
    throw QueryException.denied(
        denial.named(
            "User: %s is not authorized to perform: %s with temporary credentials that are not of a role"
                .formatted(session.arn(), action)),
        denial,
        caller.seal(denial));
  }
}
