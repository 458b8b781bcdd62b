package dev.lakebed.iam.store;

import dev.lakebed.iam.model.AccessKey;
import dev.lakebed.iam.model.AccessKey.OwnedKey;
import dev.lakebed.iam.model.AccessKey.Secret;
import dev.lakebed.iam.model.IamSnapshot;
import dev.lakebed.iam.model.IdentityProvider;
import dev.lakebed.iam.model.KeyOwner;
import dev.lakebed.iam.model.KeyOwner.RootUser;
import dev.lakebed.iam.model.ManagedPolicy;
import dev.lakebed.iam.model.Role;
import dev.lakebed.iam.model.RoleArn;
import dev.lakebed.iam.model.User;
import dev.lakebed.policy.Policy;
import dev.lakebed.policy.Policy.MalformedPolicyException;
import dev.lakebed.storage.metadata.iam.AccessKeys.StoredKey;
import dev.lakebed.storage.metadata.iam.Entity;
import dev.lakebed.storage.metadata.iam.Entity.Kind;
import dev.lakebed.storage.metadata.iam.IamStore.IamTransaction;
import dev.lakebed.storage.metadata.iam.PolicyVersions.PolicyVersion;
import dev.lakebed.storage.metadata.iam.Seal.SecretText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.stream.Collectors;

/** Puts users and roles together from what is stored, with a bounded number of indexed reads. */
record PrincipalLoader(IamTransaction stored, IamSnapshot configured) {
  Optional<OwnedKey> key(String id) {
    Optional<StoredKey> found = stored.keys().find(id);
    return found.flatMap(key -> key.secret().flatMap(secret -> owned(key, secret)));
  }

  private Optional<OwnedKey> owned(StoredKey key, SecretText secret) {
    Secret hidden = new Secret(secret.reveal());
    AccessKey usable =
        new AccessKey(key.id(), hidden, key.active(), Optional.empty(), Optional.empty());
    return stored.entities().byId(key.userId()).map(owner -> new OwnedKey(usable, keyOwner(owner)));
  }

  private KeyOwner keyOwner(Entity owner) {
    return owner.kind() == Kind.ROOT ? new RootUser(owner.account(), true) : user(owner);
  }

  Optional<Entity> entity(String arn, Kind kind) {
    return stored.entities().byArn(arn).filter(entity -> entity.kind() == kind);
  }

  Optional<IdentityProvider> provider(String arn) {
    return stored.entities().byArn(arn).flatMap(StoredProviders::of);
  }

  /** The user with its own policies, those of its groups and its boundary. */
  User user(Entity user) {
    List<Entity> holders =
        new ArrayList<>(stored.entities().byIds(stored.members().containers(user.id())));
    holders.sort(Comparator.comparing(Entity::name));
    holders.addFirst(user);
    return new User(
        user.id(),
        user.account(),
        user.path(),
        user.name(),
        true,
        user.tags(),
        policies(holders),
        boundary(user));
  }

  Role role(Entity role) {
    return new Role(
        role.id(),
        new RoleArn(role.account(), role.path(), role.name()),
        StoredPolicies.compile(
            "trust policy of " + role.name(), role.document(), Policy.Kind.TRUST),
        role.document(),
        policies(List.of(role)),
        boundary(role),
        role.tags(),
        Optional.of(Duration.ofSeconds(role.maxSession())),
        role.description());
  }

  /** Inline policies by name, then attached ones by ARN, of each holder in turn. */
  private List<Policy> policies(List<Entity> holders) {
    List<String> ids = holders.stream().map(Entity::id).toList();
    Map<String, SortedMap<String, String>> inline = stored.inline().of(ids);
    Map<String, SortedSet<String>> attached = stored.attachments().of(ids);
    Set<String> arns = attached.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
    Map<String, Policy> compiled = StoredPolicies.managed(arns, configured, stored.versions());
    List<Policy> policies = new ArrayList<>();
    for (Entity holder : holders) {
      inline
          .getOrDefault(holder.id(), Collections.emptySortedMap())
          .forEach((name, document) -> policies.add(StoredPolicies.inline(holder, name, document)));
      attached
          .getOrDefault(holder.id(), Collections.emptySortedSet())
          .forEach(arn -> policies.add(compiled.get(arn)));
    }
    return policies;
  }

  private Optional<Policy> boundary(Entity entity) {
    Set<String> arn = entity.boundary().stream().collect(Collectors.toSet());
    return StoredPolicies.managed(arn, configured, stored.versions()).values().stream().findFirst();
  }

  /** A managed policy in its default version, wherever it is kept. */
  Optional<ManagedPolicy> policy(String arn) {
    return AwsPolicies.fixed(configured, arn)
        .or(() -> entity(arn, Kind.POLICY).flatMap(this::storedPolicy));
  }

  private Optional<ManagedPolicy> storedPolicy(Entity policy) {
    int inForce = policy.versions().inForce();
    Optional<PolicyVersion> version = stored.versions().find(policy.id(), inForce);
    return version.flatMap(found -> compiled(policy, found.document()));
  }

  /** Empty when it cannot be read, so that it counts as missing and denies. */
  private static Optional<ManagedPolicy> compiled(Entity policy, String document) {
    try {
      return Optional.of(
          ManagedPolicy.compile(policy.account(), policy.path(), policy.name(), document));
    } catch (MalformedPolicyException malformed) {
      StoredPolicies.compile(policy.arn(), document, Policy.Kind.IDENTITY);
      return Optional.empty();
    }
  }
}
