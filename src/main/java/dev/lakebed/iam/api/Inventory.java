package dev.lakebed.iam.api;

import dev.lakebed.auth.PrincipalBinding.UnknownPrincipalException;
import dev.lakebed.iam.api.parameter.Paging;
import dev.lakebed.iam.model.ManagedPolicy;
import dev.lakebed.iam.store.AwsPolicies;
import dev.lakebed.iam.store.BoundPrincipals;
import dev.lakebed.iam.store.ConfiguredEntities;
import dev.lakebed.operation.query.QueryError;
import dev.lakebed.operation.query.QueryError.QueryException;
import dev.lakebed.storage.metadata.iam.Entity;
import dev.lakebed.storage.metadata.iam.Entity.EntityArn;
import dev.lakebed.storage.metadata.iam.Entity.Kind;
import dev.lakebed.storage.metadata.iam.IamStore.IamTransaction;
import dev.lakebed.storage.metadata.iam.PolicyVersions.PolicyVersion;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything that the caller's account has, stored and configured, as one transaction sees it. What
 * is configured hides what is stored under the same name.
 */
final class Inventory {
  private static final int BATCH = 200;

  private final IamTransaction stored;
  private final ConfiguredEntities configured;
  private final String account;
  private final BoundPrincipals principals;

  Inventory(IamTransaction stored, IamRequest exchange) {
    this.stored = stored;
    this.account = exchange.account();
    this.configured = new ConfiguredEntities(exchange.configured(), account);
    this.principals = new BoundPrincipals(exchange.configured(), stored);
  }

  IamTransaction stored() {
    return stored;
  }

  String account() {
    return account;
  }

  ConfiguredEntities configured() {
    return configured;
  }

  /** A trust policy as it is stored; MalformedPolicyDocument when it names somebody unknown. */
  String bound(String trust) {
    try {
      return principals.bind(trust);
    } catch (UnknownPrincipalException unknown) {
      throw QueryError.MALFORMED_POLICY_DOCUMENT.because(String.valueOf(unknown.getMessage()));
    }
  }

  /** The entity as answers have it: the trust policy of a role names whom it means by ARN. */
  Entity shown(Entity entity) {
    return entity.kind() == Kind.ROLE && !entity.configured()
        ? entity.documented(principals.show(entity.document()))
        : entity;
  }

  Entity insert(Entity made) {
    stored.entities().insert(made);
    return made;
  }

  Entity update(Entity changed) {
    stored.entities().update(changed);
    return changed;
  }

  Optional<Entity> find(Kind kind, String name) {
    return configured.find(kind, name).or(() -> stored.entities().find(account, kind, name));
  }

  /** The entity; NoSuchEntity when there is none. */
  Entity require(Kind kind, String name) {
    return find(kind, name).orElseThrow(() -> missing(kind, name));
  }

  Entity require(IamRequest.Named user) {
    return require(user.kind(), user.name());
  }

  private static QueryException missing(Kind kind, String name) {
    return QueryError.NO_SUCH_ENTITY.because(
        "The %s with name %s cannot be found.".formatted(noun(kind), name));
  }

  static String noun(Kind kind) {
    return kind.resource().replace('-', ' ');
  }

  /** The entity, if the API may change it. */
  static Entity changeable(Entity entity) {
    if (entity.configured()) {
      throw QueryError.UNMODIFIABLE_ENTITY.because(
          "%s %s is defined in the configuration; it can only be changed there."
              .formatted(noun(entity.kind()), entity.name()));
    }
    return entity;
  }

  void requireFree(Kind kind, String name) {
    if (configured.reserves(kind, name) || find(kind, name).isPresent()) {
      String noun = noun(kind);
      throw QueryError.ENTITY_ALREADY_EXISTS.because(
          "%s with name %s already exists."
              .formatted(noun.substring(0, 1).toUpperCase(Locale.ROOT) + noun.substring(1), name));
    }
  }

  /** One more than a page has, ordered by name without case. */
  List<Entity> list(Kind kind, String pathPrefix, Paging paging) {
    String after = paging.after();
    List<Entity> fixed = configured.all(kind).toList();
    int most = paging.size() + 1 + fixed.size();
    Stream<Entity> rows =
        stored.entities().list(account, kind, pathPrefix, after, most).stream()
            .filter(entity -> configured.find(kind, entity.name()).isEmpty());
    return Stream.concat(
            fixed.stream()
                .filter(entity -> entity.path().startsWith(pathPrefix))
                .filter(entity -> key(entity).compareTo(after) > 0),
            rows)
        .sorted(Comparator.comparing(Inventory::key))
        .limit(paging.size() + 1L)
        .toList();
  }

  /** All entities of a kind behind a name, read as far as they are used. */
  Stream<Entity> stream(Kind kind, String pathPrefix, String after) {
    Paging first = new Paging(after, BATCH);
    return Stream.iterate(
            list(kind, pathPrefix, first),
            batch -> !batch.isEmpty(),
            batch ->
                batch.size() <= BATCH
                    ? List.<Entity>of()
                    : list(kind, pathPrefix, new Paging(key(batch.get(BATCH - 1)), BATCH)))
        .flatMap(batch -> first.page(batch).stream());
  }

  static Stream<Entity> ofAws(String after) {
    return AwsPolicies.all().stream()
        .map(ConfiguredEntities::policy)
        .filter(policy -> key(policy).compareTo(after) > 0)
        .sorted(Comparator.comparing(Inventory::key));
  }

  static String key(Entity entity) {
    return entity.name().toLowerCase(Locale.ROOT);
  }

  /** The managed policy of that ARN: stored, configured or of AWS. */
  Entity policy(String arn) {
    return find(arn)
        .filter(entity -> entity.kind() == Kind.POLICY)
        .orElseThrow(
            () ->
                QueryError.NO_SUCH_ENTITY.because(
                    "Policy %s does not exist or is not attachable.".formatted(arn)));
  }

  List<PolicyVersion> versions(Entity policy) {
    if (!policy.configured()) {
      return stored.versions().of(policy.id());
    }
    String document = configured.policy(policy.arn()).map(ManagedPolicy::document).orElse("");
    return List.of(new PolicyVersion(1, document, Instant.EPOCH));
  }

  List<String> attached(Entity entity) {
    return entity.configured() ? configured.attached(entity) : stored.attachments().of(entity.id());
  }

  Map<String, String> inline(Entity entity) {
    return entity.configured() ? Map.of() : stored.inline().of(entity.id());
  }

  List<Entity> having(String policyArn) {
    return Stream.concat(
            configured.having(policyArn), entities(stored.attachments().having(policyArn)))
        .toList();
  }

  List<Entity> boundedBy(String policyArn) {
    return entities(stored.entities().boundedBy(policyArn)).toList();
  }

  /** The users of a group, or the roles of an instance profile. */
  List<Entity> members(Entity container) {
    return entities(stored.members().in(container.id())).toList();
  }

  /** The groups of a user, or the instance profiles of a role. */
  List<Entity> containers(Entity member) {
    return entities(stored.members().containers(member.id())).toList();
  }

  Stream<Entity> entities(List<String> ids) {
    return stored.entities().byIds(ids).stream().filter(entity -> entity.account().equals(account));
  }

  /** The entity of the caller's account, or the policy of AWS, that has exactly that ARN. */
  Optional<Entity> find(String arn) {
    Optional<Entity> fixed = configured.policy(arn).map(ConfiguredEntities::policy);
    return fixed.or(
        () ->
            EntityArn.parse(arn)
                .filter(parsed -> parsed.account().equals(account))
                .flatMap(parsed -> find(parsed.kind(), parsed.name()))
                .filter(entity -> entity.arn().equals(arn)));
  }

  /** The same; NoSuchEntity when there is none. */
  Entity require(String arn) {
    return find(arn)
        .orElseThrow(
            () ->
                QueryError.NO_SUCH_ENTITY.because(
                    "Entity with ARN %s cannot be found.".formatted(arn)));
  }

  /** The entity of that kind; NoSuchEntity when there is none, InvalidInput for another ARN. */
  Entity requireArn(Kind kind, String arn) {
    if (EntityArn.parse(arn).filter(parsed -> parsed.kind() == kind).isEmpty()) {
      throw QueryError.INVALID_INPUT.because("ARN " + arn + " is not valid.");
    }
    return find(arn).orElseThrow(() -> missing(kind, arn));
  }
}
