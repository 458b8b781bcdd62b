package dev.lakebed.explain;

import dev.lakebed.auth.Permission;
import dev.lakebed.auth.Principal;
import dev.lakebed.policy.Decision;
import dev.lakebed.policy.Decision.Allowed;
import dev.lakebed.policy.Decision.ExplicitDeny;
import dev.lakebed.policy.Decision.ImplicitDeny;

/** The answer, one {@code name: value} a line. */
record Verdict(Principal principal, Permission permission, Decision decision) {
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    line(text, "decision", decision.allowed() ? "allowed" : "denied");
    switch (decision) {
      case Allowed allowed ->
          statement(text, allowed.layer().name(), allowed.policy(), allowed.statement());
      case ExplicitDeny deny -> {
        line(text, "kind", "explicit deny");
        statement(text, deny.layer().name(), deny.policy(), deny.statement());
      }
      case ImplicitDeny deny -> {
        line(text, "kind", "implicit deny");
        line(text, "layer", deny.layer().name());
        deny.nearMiss()
            .ifPresent(
                near -> {
                  line(text, "nearest policy", near.policy());
                  line(text, "nearest statement", near.statement());
                  line(text, "condition not met", near.condition());
                });
      }
    }
    line(text, "principal", principal.arn());
    line(text, "action", permission.action());
    line(text, "resource", permission.resource().arn());
    line(text, "why", decision.detail());
    return text.toString();
  }

  private static void statement(StringBuilder text, String layer, String policy, String label) {
    line(text, "layer", layer);
    line(text, "policy", policy);
    line(text, "statement", label);
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append("%-18s %s%n".formatted(name + ":", value));
  }
}
