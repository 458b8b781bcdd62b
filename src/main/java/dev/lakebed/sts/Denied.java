package dev.lakebed.sts;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Denial;
import dev.lakebed.auth.Permission;
import dev.lakebed.auth.Permission.Resource;
import dev.lakebed.operation.query.QueryError.QueryException;
import dev.lakebed.policy.Decision;
import dev.lakebed.policy.Decision.Layer;
import java.util.Optional;

/** Refusals of STS. The reason goes to the log; the caller must not learn which roles exist. */
final class Denied {
  private Denied() {}

  static QueryException because(Caller caller, String action, String resource, Decision decision) {
    return because(caller, permission(caller, action, resource), decision, "", "");
  }

  /**
   * A refusal that no policy decided, or whose decision is told by {@code detail}.
   *
   * @param detail for the log
   * @param hint for the caller too; empty or a sentence
   */
  static QueryException because(
      Caller caller, String action, String resource, String detail, String hint) {
    Decision decision = new Decision.ImplicitDeny(Layer.TRUST, action, Optional.empty());
    return because(caller, permission(caller, action, resource), decision, detail, hint);
  }

  /**
   * A refusal.
   *
   * @param note for the log; what the decision cannot know
   * @param hint for the caller too; empty or a sentence
   */
  static QueryException because(
      Caller caller, Permission permission, Decision decision, String note, String hint) {
    String message =
        "User: %s is not authorized to perform: %s on resource: %s"
            .formatted(
                caller.principal().arn(), permission.action(), permission.resource().named());
    Denial denial = caller.deny(permission, decision, note);
    return QueryException.denied(
        denial.named(hint.isEmpty() ? message : message + ". " + hint),
        denial,
        caller.seal(denial));
  }

  /** A refusal by a rule that no policy can change, which the caller may know. */
  static QueryException prevented(
      Caller caller, String action, String resource, String rule, String sentence) {
    Decision decision = new Decision.Prevented(rule, "because of a rule of the server");
    return because(caller, permission(caller, action, resource), decision, sentence, sentence);
  }

  private static Permission permission(Caller caller, String action, String resource) {
    return Permission.of(action, Resource.of(resource, caller.principal().account()));
  }
}
