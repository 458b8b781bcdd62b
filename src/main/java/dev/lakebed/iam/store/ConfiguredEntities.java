package dev.lakebed.iam.store;

import dev.lakebed.iam.model.AccessKey;
import dev.lakebed.iam.model.AccessKey.OwnedKey;
import dev.lakebed.iam.model.IamSnapshot;
import dev.lakebed.iam.model.IdentityProvider;
import dev.lakebed.iam.model.IdentityProvider.OidcProvider;
import dev.lakebed.iam.model.IdentityProvider.SamlProvider;
import dev.lakebed.iam.model.KeyOwner;
import dev.lakebed.iam.model.KeyOwner.RootUser;
import dev.lakebed.iam.model.ManagedPolicy;
import dev.lakebed.iam.model.Role;
import dev.lakebed.iam.model.RoleArn;
import dev.lakebed.iam.model.StsSettings.FederationSettings;
import dev.lakebed.iam.model.UniqueId;
import dev.lakebed.iam.model.User;
import dev.lakebed.policy.Policy;
import dev.lakebed.storage.metadata.iam.Entity;
import dev.lakebed.storage.metadata.iam.Entity.EntityArn;
import dev.lakebed.storage.metadata.iam.Entity.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Shows what the configuration and AWS define as if it were stored. It has no time of creation:
 * 1970 stands for none.
 */
public record ConfiguredEntities(IamSnapshot snapshot, String account) {
  private static final String SOURCE_TAG = "lakebed:source";
  private static final int DEFAULT_SECONDS = 3600;

  /** All entities of a kind in the account; not those of AWS. */
  public Stream<Entity> all(Kind kind) {
    Stream<Entity> ofAllAccounts =
        switch (kind) {
          case ROOT -> snapshot.roots().stream().map(ConfiguredEntities::root);
          case USER -> snapshot.users().stream().map(ConfiguredEntities::user);
          case ROLE -> snapshot.roles().stream().map(ConfiguredEntities::role);
          case POLICY -> snapshot.policies().stream().map(ConfiguredEntities::policy);
          case OIDC_PROVIDER -> federation().oidc().values().stream().map(ConfiguredEntities::oidc);
          case SAML_PROVIDER -> federation().saml().values().stream().map(ConfiguredEntities::saml);
          case GROUP, INSTANCE_PROFILE -> Stream.empty();
        };
    return ofAllAccounts.filter(entity -> entity.account().equals(account));
  }

  private FederationSettings federation() {
    return snapshot.sts().federation();
  }

  /** An entity by name, without case. */
  public Optional<Entity> find(Kind kind, String name) {
    return all(kind).filter(entity -> entity.name().equalsIgnoreCase(name)).findFirst();
  }

  /** Whether nothing may be made under a name, because the configuration has it. */
  public boolean reserves(Kind kind, String name) {
    return find(kind, name).isPresent() || federation().reserves(kind.arn(account, "/", name));
  }

  public Optional<ManagedPolicy> policy(String arn) {
    return AwsPolicies.fixed(snapshot, arn);
  }

  public Stream<AccessKey> keys(Entity owner) {
    return snapshot.keys().values().stream()
        .filter(owned -> owned.owner().arn().equals(owner.arn()))
        .map(OwnedKey::key);
  }

  public static Entity owner(KeyOwner owner) {
    return switch (owner) {
      case User user -> user(user);
      case RootUser root -> root(root);
    };
  }

  private static Entity root(RootUser root) {
    return shown(root.id(), new EntityArn(root.account(), Kind.ROOT, "", ""), Map.of());
  }

  private static Entity user(User user) {
    return shown(
        user.id(), new EntityArn(user.account(), Kind.USER, user.path(), user.name()), user.tags());
  }

  private static Entity role(Role role) {
    long seconds = role.maxSession().map(Duration::toSeconds).orElse((long) DEFAULT_SECONDS);
    return shown(
            role.id(),
            new EntityArn(role.arn().account(), Kind.ROLE, role.arn().path(), role.arn().name()),
            role.tags())
        .documented(role.trustDocument())
        .described(role.description())
        .lasting(Math.toIntExact(seconds));
  }

  /** A managed policy as it would be stored, with its one version. */
  public static Entity policy(ManagedPolicy policy) {
    return shown(
            UniqueId.ofArn("ANPA", policy.arn()),
            new EntityArn(policy.account(), Kind.POLICY, policy.path(), policy.name()),
            Map.of())
        .versioned(new Entity.Versions(1, 1, Instant.EPOCH));
  }

  private static Entity oidc(OidcProvider provider) {
    return shown(provider).documented(StoredProviders.document(provider));
  }

  private static Entity saml(SamlProvider provider) {
    return shown(provider).documented(provider.metadata());
  }

  private static Entity shown(IdentityProvider provider) {
    EntityArn arn = EntityArn.parse(provider.arn()).orElseThrow();
    return shown(UniqueId.ofArn(arn.kind().prefix(), provider.arn()), arn, Map.of());
  }

  private static Entity shown(String id, EntityArn arn, Map<String, String> tags) {
    Map<String, String> marked = new HashMap<>(tags);
    marked.put(SOURCE_TAG, arn.account().equals("aws") ? "aws" : "configuration");
    return Entity.named(id, arn, Instant.EPOCH).tagged(marked).fixed();
  }

  /** ARNs of the managed policies that a user or role of the configuration has. */
  public List<String> attached(Entity entity) {
    Stream<String> arns = policies(entity).stream().flatMap(policy -> arn(policy).stream());
    return arns.distinct().sorted().toList();
  }

  /** ARN of the managed policy of the configuration that was compiled to this. */
  public Optional<String> arn(Policy compiled) {
    return snapshot.policies().stream()
        .filter(policy -> policy.identity() == compiled)
        .map(ManagedPolicy::arn)
        .findFirst();
  }

  /** Everything that a user or role of the configuration has, compiled. */
  public List<Policy> policies(Entity entity) {
    return switch (entity.kind()) {
      case USER -> snapshot.user(entity.arn()).map(User::policies).orElse(List.of());
      case ROLE ->
          snapshot
              .role(new RoleArn(entity.account(), entity.path(), entity.name()))
              .map(Role::policies)
              .orElse(List.of());
      case ROOT, GROUP, POLICY, INSTANCE_PROFILE, OIDC_PROVIDER, SAML_PROVIDER -> List.of();
    };
  }

  public Stream<Entity> having(String policyArn) {
    return Stream.concat(all(Kind.USER), all(Kind.ROLE))
        .filter(entity -> attached(entity).contains(policyArn));
  }
}
