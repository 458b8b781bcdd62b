package dev.lakebed.iam.api;

import dev.lakebed.policy.Decision;
import dev.lakebed.policy.Grants;
import dev.lakebed.policy.Keys;
import dev.lakebed.policy.Layer;
import dev.lakebed.policy.Policy;
import dev.lakebed.policy.PolicyEngine;
import dev.lakebed.policy.Question;
import dev.lakebed.policy.Subject;
import dev.lakebed.query.QueryXml;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.stream.XMLStreamException;

/**
 * One simulated request.
 *
 * @param missing condition keys that were asked for and not given
 * @param bounded whether there is a permissions boundary
 */
record Simulation(
    String action, String resource, Decision decision, Set<String> missing, boolean bounded) {
  /**
   * What is simulated.
   *
   * @param account owner of the resources
   * @param context values by key in lower case
   */
  record Setting(
      Subject subject,
      Grants grants,
      List<Policy> resourcePolicies,
      String account,
      Map<String, List<String>> context) {
    Simulation run(String action, String resource) {
      Set<String> missing = new TreeSet<>();
      Keys keys =
          key -> {
            List<String> values = context.get(key.toLowerCase(Locale.ROOT));
            if (values == null) {
              missing.add(key);
              return List.of();
            }
            return values;
          };
      Decision decision =
          PolicyEngine.decide(
              new Question(action, resource, account, subject, grants, resourcePolicies, keys));
      return new Simulation(action, resource, decision, missing, grants.boundary().isPresent());
    }
  }

  void write(QueryXml xml) throws XMLStreamException {
    xml.text("EvalActionName", action)
        .text("EvalResourceName", resource)
        .text("EvalDecision", verdict())
        .element("MatchedStatements", this::matched)
        .element(
            "MissingContextValues",
            list -> {
              for (String key : missing) {
                list.text("member", key);
              }
            });
    if (bounded) {
      xml.element(
          "PermissionsBoundaryDecisionDetail",
          detail ->
              detail.text(
                  "AllowedByPermissionsBoundary", String.valueOf(layer() != Layer.BOUNDARY)));
    }
  }

  private String verdict() {
    return switch (decision) {
      case Decision.Allowed allowed -> "allowed";
      case Decision.ExplicitDeny denied -> "explicitDeny";
      case Decision.ImplicitDeny denied -> "implicitDeny";
    };
  }

  private Layer layer() {
    return switch (decision) {
      case Decision.Allowed allowed -> allowed.layer();
      case Decision.ExplicitDeny denied -> denied.layer();
      case Decision.ImplicitDeny denied -> denied.layer();
    };
  }

  private void matched(QueryXml xml) throws XMLStreamException {
    switch (decision) {
      case Decision.Allowed allowed -> statement(xml, allowed.layer(), allowed.policy());
      case Decision.ExplicitDeny denied -> statement(xml, denied.layer(), denied.policy());
      case Decision.ImplicitDeny denied -> {}
    }
  }

  private static void statement(QueryXml xml, Layer layer, String policy)
      throws XMLStreamException {
    xml.element(
        "member",
        member ->
            member
                .text("SourcePolicyId", policy)
                .text("SourcePolicyType", layer == Layer.RESOURCE ? "resource" : "none"));
  }
}
