package dev.lakebed.iam.api;

import dev.lakebed.metadata.iam.Entity;
import dev.lakebed.policy.Grants;
import dev.lakebed.policy.Policy;
import dev.lakebed.policy.Subject;
import dev.lakebed.query.QueryError;
import dev.lakebed.query.QueryException;
import dev.lakebed.query.QueryXml;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What would be decided, by the same engine that decides. */
final class SimulationActions {
  private static final int MOST = 1000;
  private static final String INPUT = "PolicyInputList";
  private static final String[] COMMON = {
    "PermissionsBoundaryPolicyInputList",
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
        with(INPUT, "PolicySourceArn*"));
    table.answer(
        "GetContextKeysForCustomPolicy",
        Aim.ACCOUNT,
        x -> keys(x.query().members(INPUT).stream()),
        "PolicyInputList*");
    table.answer(
        "GetContextKeysForPrincipalPolicy",
        Aim.byArn(Parameter.SOURCE_ARN),
        SimulationActions::principalKeys,
        INPUT,
        "PolicySourceArn*");
  }

  private static String[] with(String... more) {
    return Stream.concat(Stream.of(COMMON), Stream.of(more)).toArray(String[]::new);
  }

  private static QueryXml.Content custom(Exchange x) {
    return simulate(x, List.of(), Optional.empty(), SimulationInput.caller(x, Optional.empty()));
  }

  private static QueryXml.Content principal(Exchange x) {
    record Found(Entity entity, List<PolicySource> sources, Optional<String> boundary) {}
    Found found =
        x.read(
            inventory -> {
              Entity entity = PolicySource.principal(inventory, x.require(Parameter.SOURCE_ARN));
              Optional<String> boundary =
                  entity
                      .boundary()
                      .map(inventory::policy)
                      .flatMap(policy -> PolicySource.inForce(inventory, policy))
                      .map(version -> version.document());
              return new Found(entity, PolicySource.of(inventory, entity), boundary);
            });
    List<Policy> policies = new ArrayList<>(SimulationInput.compiled(x, found.entity()));
    if (!found.entity().configured()) {
      found.sources().stream()
          .map(source -> identity(source.name(), source.document()))
          .forEach(policies::add);
    }
    return simulate(
        x,
        policies,
        found.boundary().map(document -> identity("boundary", document)),
        SimulationInput.caller(x, Optional.of(found.entity())));
  }

  private static Policy identity(String name, String document) {
    Documents.parsed(document, Policy.Kind.IDENTITY);
    return Policy.parse(name, document, Policy.Kind.IDENTITY);
  }

  private static QueryXml.Content simulate(
      Exchange x, List<Policy> own, Optional<Policy> ownBoundary, Subject subject) {
    List<Policy> policies = new ArrayList<>(own);
    int number = 0;
    for (String document : x.query().members(INPUT)) {
      number++;
      policies.add(identity(INPUT + "." + number, document));
    }
    Optional<Policy> boundary =
        x.query().members("PermissionsBoundaryPolicyInputList").stream()
            .findFirst()
            .map(document -> identity("PermissionsBoundaryPolicyInputList.1", document))
            .or(() -> ownBoundary);
    Simulation.Setting setting =
        new Simulation.Setting(
            subject,
            new Grants(policies, boundary, List.of(), false),
            SimulationInput.resourcePolicies(x),
            SimulationInput.owner(x),
            SimulationInput.context(x.query()));
    List<String> actions = SimulationInput.actions(x.query());
    List<String> resources = SimulationInput.resources(x.query());
    NewEntity.refuse(
        (long) actions.size() * resources.size() > MOST,
        QueryError.INVALID_INPUT,
        "More than " + MOST + " pairs of action and resource");
    Paging paging = Paging.of(x.query());
    record Pair(int place, String action, String resource) {}
    List<Pair> pairs = new ArrayList<>();
    actions.forEach(
        action ->
            resources.forEach(resource -> pairs.add(new Pair(pairs.size(), action, resource))));
    List<Pair> page = paging.slice(pairs, pair -> "%06d".formatted(pair.place()));
    return paging.content(
        "EvaluationResults",
        page,
        pair -> "%06d".formatted(pair.place()),
        (member, pair) -> setting.run(pair.action(), pair.resource()).write(member));
  }

  private static QueryXml.Content keys(Stream<String> documents) {
    Set<String> keys = new TreeSet<>(Comparator.naturalOrder());
    documents.forEach(
        document -> {
          parseAny(document);
          keys.addAll(new DocumentFacts(document).contextKeys());
        });
    return xml ->
        xml.element(
            "ContextKeyNames",
            list -> {
              for (String key : keys) {
                list.text("member", key);
              }
            });
  }

  /** A document of any kind: identity, resource or trust. */
  private static void parseAny(String document) {
    NewEntity.refuse(
        Stream.of(Policy.Kind.IDENTITY, Policy.Kind.RESOURCE, Policy.Kind.TRUST)
            .noneMatch(kind -> isPolicy(document, kind)),
        QueryError.INVALID_INPUT,
        INPUT + " holds a document that is no policy");
  }

  private static boolean isPolicy(String document, Policy.Kind kind) {
    try {
      Documents.parsed(document, kind);
      return true;
    } catch (QueryException malformed) {
      return false;
    }
  }

  private static QueryXml.Content principalKeys(Exchange x) {
    List<PolicySource> sources =
        x.read(
            inventory ->
                PolicySource.of(
                    inventory, PolicySource.principal(inventory, x.require(Parameter.SOURCE_ARN))));
    return keys(
        Stream.concat(
            sources.stream().map(PolicySource::document), x.query().members(INPUT).stream()));
  }
}
