package dev.lakebed.iam.api;

import dev.lakebed.operation.query.QueryError;
import dev.lakebed.operation.query.QueryXml;
import dev.lakebed.policy.Grants;
import dev.lakebed.policy.Policy;
import dev.lakebed.policy.Question.Subject;
import dev.lakebed.storage.metadata.iam.Entity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What would be decided, by the same engine that decides. */
final class SimulationActions {
  private static final int MOST = 1000;
  private static final String[] COMMON = {
    SimulationInput.BOUNDARIES,
    "ActionNames*",
    "ResourceArns",
    "ResourcePolicy",
    "ResourceOwner",
    "CallerArn",
    "ContextEntries",
    "ResourceHandlingOption"
  };

  private SimulationActions() {}

  static void addTo(ActionTable table) {
    table.list(
        "SimulateCustomPolicy", Aim.ACCOUNT, SimulationActions::custom, with("PolicyInputList*"));
    table.list(
        "SimulatePrincipalPolicy",
        Aim.byArn(Parameter.SOURCE_ARN),
        SimulationActions::principal,
        with(SimulationInput.POLICIES, "PolicySourceArn*"));
  }

  private static String[] with(String... more) {
    return Stream.concat(Stream.of(COMMON), Stream.of(more)).toArray(String[]::new);
  }

  private static QueryXml.Content custom(Exchange x) {
    return simulate(x, Optional.empty(), List.of(), Optional.empty());
  }

  private static QueryXml.Content principal(Exchange x) {
    record Found(Entity entity, List<PolicySource> sources, Optional<PolicySource> boundary) {}
    Found found =
        x.read(
            inventory -> {
              Entity entity = PolicySource.principal(inventory, x.require(Parameter.SOURCE_ARN));
              return new Found(
                  entity,
                  PolicySource.of(inventory, entity),
                  PolicySource.boundary(inventory, entity));
            });
    return simulate(x, Optional.of(found.entity()), found.sources(), found.boundary());
  }

  private static QueryXml.Content simulate(
      Exchange x,
      Optional<Entity> source,
      List<PolicySource> own,
      Optional<PolicySource> ownBoundary) {
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
    if (source.isEmpty()) {
      resourcePolicy.ifPresent(p -> SimulationInput.requireApplicable(p, resources));
    }
    Subject subject = SimulationInput.caller(x, source, resourcePolicy.isPresent());
    Simulation.Setting setting =
        new Simulation.Setting(
            x.caller(),
            subject,
            grants(x, policies, own, ownBoundary),
            resourcePolicy,
            SimulationInput.owner(x, subject),
            ContextEntries.read(x.query()),
            policies);
    return results(x, setting, actions, resources);
  }

  private static Grants grants(
      Exchange x,
      SimulatedPolicies policies,
      List<PolicySource> own,
      Optional<PolicySource> ownBoundary) {
    List<Policy> identity = new ArrayList<>();
    own.stream().map(policies::attached).forEach(identity::add);
    SimulationInput.policies(x.query(), SimulationInput.POLICIES).stream()
        .map(policies::given)
        .forEach(identity::add);
    Optional<Policy> boundary =
        SimulationInput.boundary(x.query())
            .map(policies::given)
            .or(() -> ownBoundary.map(policies::attached));
    return new Grants(identity, boundary, List.of(), false);
  }

  private static QueryXml.Content results(
      Exchange x, Simulation.Setting setting, List<String> actions, List<String> resources) {
    record Pair(String place, String action, String resource) {}
    List<Pair> pairs = new ArrayList<>();
    for (String action : actions) {
      for (String resource : resources) {
        pairs.add(new Pair("%06d".formatted(pairs.size()), action, resource));
      }
    }
    Paging paging = Paging.of(x.query());
    return paging.content(
        "EvaluationResults",
        paging.slice(pairs, Pair::place),
        Pair::place,
        (member, pair) -> setting.run(pair.action(), pair.resource()).write(member));
  }
}
