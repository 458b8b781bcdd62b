package dev.lakebed.sts;

import dev.lakebed.auth.Caller;
import dev.lakebed.policy.Decision;
import dev.lakebed.query.QueryError;
import dev.lakebed.query.QueryException;

/** Refusals of STS. The reason goes to the log; the caller must not learn which roles exist. */
final class Denied {
  private static final System.Logger LOG = System.getLogger(Denied.class.getName());

  private Denied() {}

  static QueryException because(Caller caller, String action, String resource, Decision decision) {
    return because(caller, action, resource, decision.detail(), "");
  }

  /**
   * A refusal.
   *
   * @param detail for the log
   * @param hint for the caller too; empty or a sentence
   */
  static QueryException because(
      Caller caller, String action, String resource, String detail, String hint) {
    String message =
        "User: %s is not authorized to perform: %s on resource: %s"
            .formatted(caller.principal().arn(), action, resource);
    LOG.log(System.Logger.Level.INFO, () -> message + ": " + detail);
    return new QueryException(
        QueryError.ACCESS_DENIED, hint.isEmpty() ? message : message + ". " + hint);
  }
}
