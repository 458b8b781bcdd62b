package dev.lakebed.iam.api;

import dev.lakebed.operation.query.QueryXml;
import dev.lakebed.policy.MalformedPolicyException;
import dev.lakebed.policy.Policy;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Which condition keys policies ask for, in conditions and in variables. */
final class ContextKeyActions {
  private ContextKeyActions() {}

  static void addTo(ActionTable table) {
    table.answer(
        "GetContextKeysForCustomPolicy",
        Aim.ACCOUNT,
        ContextKeyActions::custom,
        "PolicyInputList*");
    table.answer(
        "GetContextKeysForPrincipalPolicy",
        Aim.byArn(Parameter.SOURCE_ARN),
        ContextKeyActions::principal,
        SimulationInput.POLICIES,
        "PolicySourceArn*");
  }

  private static QueryXml.Content custom(Exchange x) {
    return content(given(x));
  }

  private static QueryXml.Content principal(Exchange x) {
    List<PolicySource> sources =
        x.read(
            inventory ->
                PolicySource.of(
                    inventory, PolicySource.principal(inventory, x.require(Parameter.SOURCE_ARN))));
    return content(Stream.concat(sources.stream().map(PolicySource::policy), given(x)));
  }

  /** Documents of any kind: identity, resource or trust. */
  private static Stream<Policy> given(Exchange x) {
    return x.query().members(SimulationInput.POLICIES).stream().map(ContextKeyActions::parsed);
  }

  private static Policy parsed(String document) {
    return parsed(document, Policy.Kind.TRUST)
        .or(() -> parsed(document, Policy.Kind.RESOURCE))
        .orElseGet(() -> Documents.input(SimulationInput.POLICIES, document, Policy.Kind.IDENTITY));
  }

  private static Optional<Policy> parsed(String document, Policy.Kind kind) {
    try {
      return Optional.of(Policy.parse(SimulationInput.POLICIES, document, kind));
    } catch (MalformedPolicyException ofAnotherKind) {
      return Optional.empty();
    }
  }

  private static QueryXml.Content content(Stream<Policy> policies) {
    Set<String> keys = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    policies.forEach(policy -> keys.addAll(policy.contextKeys()));
    return xml ->
        xml.element(
            "ContextKeyNames",
            list -> {
              for (String key : keys) {
                list.text("member", key);
              }
            });
  }
}
