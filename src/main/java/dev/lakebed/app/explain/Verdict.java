package dev.lakebed.app.explain;

import dev.lakebed.auth.Permission;
import dev.lakebed.auth.Principal;
import dev.lakebed.policy.Decision;
import dev.lakebed.policy.KnownActions;
import java.util.List;

/**
 * The answer, one {@code name: value} a line.
 *
 * @param warnings of the policies asked
 */
record Verdict(
    Principal principal, Permission permission, Decision decision, List<String> warnings) {
  @Override
  public String toString() {
    Facts facts =
        new Facts()
            .add("decision", decision.allowed() ? "allowed" : "denied")
            .addAll(decision.facts());
    facts
        .add("principal", principal.arn())
        .add("action", permission.action())
        .add("resource", permission.resource().arn())
        .add("why", decision.detail());
    if (!KnownActions.matches(permission.action())) {
      facts.add("warning", "there is no action " + permission.action());
    }
    warnings.forEach(warning -> facts.add("warning", warning));
    return facts.toString();
  }
}
