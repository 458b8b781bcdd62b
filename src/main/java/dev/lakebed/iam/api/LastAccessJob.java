package dev.lakebed.iam.api;

import dev.lakebed.operation.query.QueryError;
import dev.lakebed.operation.query.QueryException;
import dev.lakebed.policy.Policy;
import dev.lakebed.storage.metadata.iam.Entity;
import dev.lakebed.storage.metadata.iam.Kind;
import dev.lakebed.storage.metadata.iam.LastUse;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What was found out about a user, group, role or policy at one moment, and no more than is told.
 *
 * @param owner ARN of who asked for it, and who alone may read it
 * @param services those that the policies in question give access to, in order
 * @param principals users and roles that these policies belong to
 * @param size about how many bytes of memory it takes
 */
record LastAccessJob(
    String owner,
    Instant created,
    List<String> services,
    List<LastAccessCandidate> principals,
    long size) {
  private static final int MOST = 10_000;
  private static final int ITSELF = 1000;
  private static final List<String> SERVICES = List.of("iam", "s3", "s3tables", "sts");

  static LastAccessJob of(Inventory inventory, String arn, String owner, Instant now) {
    Entity entity = Arns.require(inventory, arn);
    List<Entity> principals = principals(inventory, entity).distinct().limit(MOST + 1L).toList();
    NewEntity.refuse(
        principals.size() > MOST,
        QueryError.INVALID_INPUT,
        "The report is made for at most " + MOST + " users and roles");
    List<Policy> policies = policies(inventory, entity);
    Map<String, List<LastUse>> uses =
        inventory.stored().uses().of(principals.stream().map(Entity::id).toList());
    List<LastAccessCandidate> candidates =
        principals.stream()
            .map(one -> LastAccessCandidate.of(one, uses.getOrDefault(one.id(), List.of())))
            .toList();
    return new LastAccessJob(
        owner,
        now,
        SERVICES.stream()
            .filter(service -> policies.stream().anyMatch(policy -> policy.grants(service)))
            .toList(),
        candidates,
        ITSELF + candidates.stream().mapToLong(LastAccessCandidate::size).sum());
  }

  private static Stream<Entity> principals(Inventory inventory, Entity entity) {
    return switch (entity.kind()) {
      case USER, ROLE -> Stream.of(entity);
      case GROUP -> inventory.entities(inventory.stored().members().in(entity.id()));
      case POLICY ->
          inventory.having(entity.arn()).stream().flatMap(one -> principals(inventory, one));
      case ROOT, INSTANCE_PROFILE, OIDC_PROVIDER, SAML_PROVIDER ->
          throw new QueryException(
              QueryError.INVALID_INPUT, "The ARN must name a user, group, role or policy.");
    };
  }

  private static List<Policy> policies(Inventory inventory, Entity entity) {
    List<PolicySource> sources =
        entity.kind() == Kind.POLICY
            ? List.of(PolicySource.managed(inventory, entity, entity.arn()))
            : PolicySource.of(inventory, entity);
    return sources.stream().map(PolicySource::policy).toList();
  }

  /** Who could use a service, the latest use first. */
  List<LastAccessCandidate> candidates(String service) {
    return services.contains(service)
        ? principals.stream()
            .sorted(
                Comparator.comparing((LastAccessCandidate one) -> one.at(service))
                    .reversed()
                    .thenComparing(LastAccessCandidate::arn))
            .toList()
        : List.of();
  }

  /** Who did use it, the latest first. */
  List<LastAccessCandidate> users(String service) {
    return candidates(service).stream().filter(one -> one.use(service).isPresent()).toList();
  }
}
