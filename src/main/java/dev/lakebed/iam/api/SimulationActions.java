package dev.lakebed.iam.api;

import dev.lakebed.iam.api.NewEntity.PolicyInput;
import dev.lakebed.iam.api.PolicySource.SimulatedPolicies;
import dev.lakebed.iam.api.parameter.ContextEntries;
import dev.lakebed.iam.api.parameter.IamParameter;
import dev.lakebed.iam.api.parameter.Paging;
import dev.lakebed.operation.query.Parameter;
import dev.lakebed.operation.query.QueryError;
import dev.lakebed.operation.query.QueryXml;
import dev.lakebed.policy.Policy;
import dev.lakebed.policy.Policy.MalformedPolicyException;
import dev.lakebed.policy.Question.Grants;
import dev.lakebed.policy.Question.Subject;
import dev.lakebed.storage.metadata.iam.Entity;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What would be decided, by the same engine that decides. */
final class SimulationActions {
  private static final int MOST = 1000;
  private static final Parameter SOURCE_ARN = IamParameter.arn("PolicySourceArn");

  private SimulationActions() {}

  static void addTo(ActionTable table) {
    table.list(
        "SimulateCustomPolicy",
        ActionTarget.ACCOUNT,
        x -> simulate(x, Simulated.NOBODY),
        SimulationInput.parameters(SimulationInput.POLICIES.required()));
    table.list(
        "SimulatePrincipalPolicy",
        ActionTarget.byArn(SOURCE_ARN),
        x -> simulate(x, x.read(inventory -> Simulated.of(inventory, x.require(SOURCE_ARN)))),
        SimulationInput.parameters(SimulationInput.POLICIES, SOURCE_ARN.required()));
  }

  /** Whose policies are simulated beside what the request gives, if anybody's. */
  private record Simulated(
      Optional<Entity> source, List<PolicySource> own, Optional<PolicySource> boundary) {
    private static final Simulated NOBODY =
        new Simulated(Optional.empty(), List.of(), Optional.empty());

    private static Simulated of(Inventory inventory, String arn) {
      Entity entity = PolicySource.principal(inventory, arn);
      Optional<PolicySource> boundary =
          entity.boundary().map(policy -> PolicySource.managed(inventory, entity, policy));
      return new Simulated(Optional.of(entity), PolicySource.of(inventory, entity), boundary);
    }
  }

  private static QueryXml.Content simulate(IamRequest x, Simulated simulated) {
    SimulationInput.refuseScenario(x);
    List<String> actions = SimulationInput.actions(x.query());
    List<String> resources = SimulationInput.resources(x.query());
    NewEntity.refuse(
        (long) actions.size() * resources.size() > MOST,
        QueryError.INVALID_INPUT,
        "More than " + MOST + " pairs of action and resource");
    SimulatedPolicies policies = new SimulatedPolicies();
    Optional<Policy> resourcePolicy =
        SimulationInput.resourcePolicy(x, resources).map(policies::resource);
    if (simulated.source().isEmpty()) {
      resourcePolicy.ifPresent(p -> SimulationInput.requireApplicable(p, resources));
    }
    Subject subject = SimulationInput.caller(x, simulated.source(), resourcePolicy.isPresent());
    Simulation.Setting setting =
        new Simulation.Setting(
            x.caller(),
            subject,
            grants(x, policies, simulated),
            resourcePolicy,
            SimulationInput.owner(x, subject),
            ContextEntries.read(x.query()),
            policies);
    record Pair(String action, String resource) {}
    List<Pair> pairs =
        actions.stream()
            .flatMap(action -> resources.stream().map(resource -> new Pair(action, resource)))
            .toList();
    return Paging.of(x.query())
        .inOrder(
            "EvaluationResults",
            pairs,
            (member, pair) -> setting.run(pair.action(), pair.resource()).write(member));
  }

  private static Grants grants(IamRequest x, SimulatedPolicies policies, Simulated simulated) {
    List<Policy> given = SimulationInput.policies(x.query(), SimulationInput.POLICIES);
    List<Policy> identity =
        Stream.concat(
                simulated.own().stream().map(policies::attached),
                given.stream().map(policies::given))
            .toList();
    Optional<Policy> boundary =
        SimulationInput.boundary(x.query())
            .map(policies::given)
            .or(() -> simulated.boundary().map(policies::attached));
    return new Grants(identity, boundary, List.of(), false);
  }

  /** Which condition keys policies ask for, in conditions and in variables. */
  static final class ContextKeyActions {
    private static final String NAME = SimulationInput.POLICIES.name();

    private ContextKeyActions() {}

    static void addTo(ActionTable table) {
      table.answer(
          "GetContextKeysForCustomPolicy",
          ActionTarget.ACCOUNT,
          x -> content(given(x)),
          SimulationInput.POLICIES.required());
      table.answer(
          "GetContextKeysForPrincipalPolicy",
          ActionTarget.byArn(SOURCE_ARN),
          ContextKeyActions::principal,
          SimulationInput.POLICIES,
          SOURCE_ARN.required());
    }

    private static QueryXml.Content principal(IamRequest x) {
      String arn = x.require(SOURCE_ARN);
      List<PolicySource> sources = x.read(inventory -> PolicySource.of(inventory, arn));
      return content(Stream.concat(sources.stream().map(PolicySource::policy), given(x)));
    }

    /** Documents of any kind: identity, resource or trust. */
    private static Stream<Policy> given(IamRequest x) {
      return x.query().members(NAME).stream().map(ContextKeyActions::parsed);
    }

    private static Policy parsed(String document) {
      return parsed(document, Policy.Kind.TRUST)
          .or(() -> parsed(document, Policy.Kind.RESOURCE))
          .orElseGet(() -> PolicyInput.input(NAME, document, Policy.Kind.IDENTITY));
    }

    private static Optional<Policy> parsed(String document, Policy.Kind kind) {
      try {
        return Optional.of(Policy.parse(NAME, document, kind));
      } catch (MalformedPolicyException ofAnotherKind) {
        return Optional.empty();
      }
    }

    private static QueryXml.Content content(Stream<Policy> policies) {
      Set<String> keys = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
      policies.forEach(policy -> keys.addAll(policy.contextKeys()));
      return xml -> xml.texts("ContextKeyNames", keys);
    }
  }
}
