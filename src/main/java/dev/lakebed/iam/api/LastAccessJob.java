package dev.lakebed.iam.api;

import dev.lakebed.metadata.iam.Entity;
import dev.lakebed.metadata.iam.Kind;
import dev.lakebed.metadata.iam.LastUse;
import dev.lakebed.policy.Policy;
import dev.lakebed.query.QueryError;
import dev.lakebed.query.QueryException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What was found out about a user, group, role or policy at one moment.
 *
 * @param owner ARN of who asked for it, and who alone may read it
 * @param policies what the report is about: nothing else gives access
 * @param principals users and roles that these policies belong to
 */
record LastAccessJob(
    String owner, Instant created, List<Policy> policies, List<Candidate> principals) {
  private static final int MOST = 10_000;
  private static final List<String> SERVICES = List.of("iam", "s3", "s3tables", "sts");

  /** A user or role with everything that it used. */
  record Candidate(Entity entity, List<LastUse> uses) {
    Optional<LastUse> use(String service) {
      return uses.stream().filter(use -> use.service().equals(service)).findFirst();
    }

    private Instant at(String service) {
      return use(service).map(LastUse::at).orElse(Instant.MIN);
    }
  }

  static LastAccessJob of(Inventory inventory, String arn, String owner, Instant now) {
    Entity entity = Arns.require(inventory, arn);
    List<Entity> principals = principals(inventory, entity).distinct().limit(MOST + 1L).toList();
    NewEntity.refuse(
        principals.size() > MOST,
        QueryError.INVALID_INPUT,
        "The report is made for at most " + MOST + " users and roles");
    return new LastAccessJob(
        owner,
        now,
        policies(inventory, entity),
        principals.stream()
            .map(one -> new Candidate(one, inventory.stored().uses().of(one.id())))
            .toList());
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

  /** The services that the policies give access to, in order. */
  List<String> services() {
    return SERVICES.stream().filter(this::grants).toList();
  }

  private boolean grants(String service) {
    return policies.stream().anyMatch(policy -> policy.grants(service));
  }

  /** Who could use a service, the latest use first. */
  List<Candidate> candidates(String service) {
    return grants(service)
        ? principals.stream()
            .sorted(
                Comparator.comparing((Candidate one) -> one.at(service))
                    .reversed()
                    .thenComparing(one -> one.entity().arn()))
            .toList()
        : List.of();
  }

  /** Who did use it, the latest first. */
  List<Candidate> users(String service) {
    return candidates(service).stream().filter(one -> one.use(service).isPresent()).toList();
  }
}
