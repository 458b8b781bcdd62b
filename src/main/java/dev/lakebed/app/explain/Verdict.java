package dev.lakebed.app.explain;

import dev.lakebed.auth.Permission;
import dev.lakebed.auth.Principal;
import dev.lakebed.http.LogText;
import dev.lakebed.policy.Decision;
import dev.lakebed.policy.KnownActions;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The answer, one {@code name: value} a line, with warnings of the policies asked. */
record Verdict(
    Principal principal, Permission permission, Decision decision, List<String> warnings) {
  @Override
  public String toString() {
    Facts facts = new Facts().add("decision", decision.allowed() ? "allowed" : "denied");
    facts
        .addAll(decision.facts())
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

  /** Lines of {@code name: value} for a terminal. */
  static final class Facts {
    private final StringBuilder text = new StringBuilder();

    Facts add(String name, String value) {
      text.append("%-18s %s%n".formatted(name + ":", LogText.of(value)));
      return this;
    }

    /** What decided, with spaces in the names. */
    Facts addAll(Map<String, String> facts) {
      facts.forEach((name, value) -> add(words(name), name.equals("kind") ? words(value) : value));
      return this;
    }

    static String words(String camelCase) {
      return camelCase.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }
}
