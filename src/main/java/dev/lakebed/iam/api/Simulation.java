package dev.lakebed.iam.api;

import dev.lakebed.auth.Caller;
import dev.lakebed.iam.api.PolicySource.SimulatedPolicies;
import dev.lakebed.operation.query.QueryXml;
import dev.lakebed.policy.Decision;
import dev.lakebed.policy.Evaluation;
import dev.lakebed.policy.Evaluation.Match;
import dev.lakebed.policy.Keys;
import dev.lakebed.policy.KnownActions;
import dev.lakebed.policy.Policy;
import dev.lakebed.policy.Policy.UnknownAction;
import dev.lakebed.policy.Question;
import dev.lakebed.policy.Question.Grants;
import dev.lakebed.policy.Question.Subject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One simulated request and its result.
 *
 * @param matches the statements that bear on the result; between accounts also what one side allows
 *     and the other does not
 * @param missing condition keys that were not given and could change the result
 */
record Simulation(
    String action,
    String resource,
    Evaluation evaluation,
    List<Match> matches,
    Set<String> missing,
    SimulatedPolicies policies) {
  private static final int MAX_KEY = 256;

  /**
   * What is simulated. The account owns resources whose ARN does not say it; keys are in lower
   * case.
   */
  record Setting(
      Caller caller,
      Subject subject,
      Grants grants,
      Optional<Policy> resourcePolicy,
      String account,
      Map<String, List<String>> context,
      SimulatedPolicies policies) {
    private static final Pattern OWNED = Pattern.compile("arn:aws:[^:]*:[^:]*:(\\d{12}):.*");

    Simulation run(String action, String resource) {
      return caller.evaluate(Keys.of(context), keys -> run(action, resource, keys));
    }

    private Simulation run(String action, String resource, Keys keys) {
      Matcher owned = OWNED.matcher(resource);
      Evaluation evaluation =
          Evaluation.of(
              new Question(
                  action,
                  resource,
                  owned.matches() ? owned.group(1) : account,
                  subject,
                  grants,
                  resourcePolicy.stream().toList(),
                  keys));
      boolean refused = evaluation.decision() instanceof Decision.ImplicitDeny;
      return new Simulation(
          action,
          resource,
          evaluation,
          refused && !evaluation.crossesAccounts() ? List.of() : evaluation.matches(),
          evaluation.openKeys(context::containsKey),
          policies);
    }
  }

  void write(QueryXml xml) {
    boolean everything = resource.equals("*");
    boolean refused = evaluation.decision() instanceof Decision.ImplicitDeny;
    xml.text("EvalActionName", action)
        .text("EvalResourceName", resource)
        .text("EvalDecision", word(evaluation.decision()));
    xml.members("MatchedStatements", refused ? List.of() : matches, policies::write);
    xml.texts("MissingContextValues", everything ? missing : Set.of());
    boundary(xml);
    Map<String, String> details = bySource();
    warnings(details);
    if (!details.isEmpty() || !everything) {
      xml.map("EvalDecisionDetails", details);
    }
    if (!everything) {
      xml.element("ResourceSpecificResults", list -> list.element("member", this::specific));
    }
  }

  private void specific(QueryXml xml) {
    xml.text("EvalResourceName", resource)
        .text("EvalResourceDecision", word(evaluation.decision()));
    xml.members("MatchedStatements", matches, policies::write);
    xml.texts("MissingContextValues", missing);
    boundary(xml);
    if (evaluation.crossesAccounts()) {
      xml.map("EvalDecisionDetails", bySource());
    }
  }

  private void boundary(QueryXml xml) {
    if (evaluation.boundary().isPresent()) {
      String allows = String.valueOf(evaluation.boundary().get().allowed());
      xml.element(
          "PermissionsBoundaryDecisionDetail",
          detail -> detail.text("AllowedByPermissionsBoundary", allows));
    }
  }

  /** What each kind of policy says, in AWS's words; only between accounts. */
  private Map<String, String> bySource() {
    Map<String, String> details = new LinkedHashMap<>();
    if (evaluation.crossesAccounts()) {
      details.put("IAM Policy", word(evaluation.identity()));
      details.put("Resource Policy", word(evaluation.resource()));
      evaluation
          .boundary()
          .ifPresent(decision -> details.put("Permissions Boundary Policy", word(decision)));
    }
    return details;
  }

  /** Unknown actions, where every client shows them; AWS says nothing about them. */
  private void warnings(Map<String, String> details) {
    if (!KnownActions.matches(action)) {
      details.put("Unknown action " + action, "implicitDeny");
    }
    for (UnknownAction unknown : policies.unknownActions()) {
      String text =
          "Unknown action %s in policy %s, statement %s"
              .formatted(unknown.action(), unknown.policy(), unknown.statement());
      details.put(text.substring(0, Math.min(MAX_KEY, text.length())), "implicitDeny");
    }
  }

  private static String word(Decision decision) {
    return switch (decision) {
      case Decision.Allowed allowed -> "allowed";
      case Decision.ExplicitDeny denied -> "explicitDeny";
      case Decision.ImplicitDeny denied -> "implicitDeny";
      case Decision.Prevented denied -> "implicitDeny";
    };
  }
}
