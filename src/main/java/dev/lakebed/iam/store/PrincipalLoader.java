package dev.lakebed.iam.store;

import dev.lakebed.iam.model.AccessKey;
import dev.lakebed.iam.model.AccessKey.OwnedKey;
import dev.lakebed.iam.model.AccessKey.Secret;
import dev.lakebed.iam.model.IdentityProvider;
import dev.lakebed.iam.model.KeyOwner;
import dev.lakebed.iam.model.KeyOwner.RootUser;
import dev.lakebed.iam.model.ManagedPolicy;
import dev.lakebed.iam.model.Role;
import dev.lakebed.iam.model.RoleArn;
import dev.lakebed.iam.model.User;
import dev.lakebed.iam.store.AwsPolicies.FixedPolicies;
import dev.lakebed.iam.store.StoredPolicies.AttachedPolicies;
import dev.lakebed.policy.Policy;
import dev.lakebed.policy.Policy.MalformedPolicyException;
import dev.lakebed.storage.metadata.iam.AccessKeys.StoredKey;
import dev.lakebed.storage.metadata.iam.Entity;
import dev.lakebed.storage.metadata.iam.Entity.EntityArn;
import dev.lakebed.storage.metadata.iam.Entity.Kind;
import dev.lakebed.storage.metadata.iam.IamStore.IamTransaction;
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
record PrincipalLoader(IamTransaction stored, FixedPolicies fixed) {
  Optional<OwnedKey> key(String id) {
    return stored
        .keys()
        .find(id)
        .flatMap(key -> key.secret().flatMap(secret -> owned(key, secret)));
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

  /** The entity that has exactly that ARN. */
  Optional<Entity> entity(String arn, Kind kind) {
    return EntityArn.parse(arn)
        .filter(parsed -> parsed.kind() == kind)
        .flatMap(parsed -> stored.entities().find(parsed.account(), kind, parsed.name()))
        .filter(entity -> entity.arn().equals(arn));
  }

  Optional<IdentityProvider> provider(String arn) {
    return EntityArn.parse(arn)
        .flatMap(parsed -> entity(arn, parsed.kind()))
        .flatMap(StoredProviders::of);
  }

  /** The user with its own policies, those of its groups and its boundary. */
  User user(Entity user) {
    List<Entity> holders = new ArrayList<>(List.of(user));
    stored.entities().byIds(stored.members().containers(user.id())).stream()
        .sorted(Comparator.comparing(Entity::name))
        .forEach(holders::add);
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

  /** The role with its policies, its trust policy and its boundary. */
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
    AttachedPolicies compiled =
        AttachedPolicies.load(
            attached.values().stream().flatMap(Set::stream).collect(Collectors.toSet()),
            fixed,
            stored.versions());
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
    return entity
        .boundary()
        .map(arn -> AttachedPolicies.load(Set.of(arn), fixed, stored.versions()).get(arn));
  }

  /** A managed policy in its default version, wherever it is kept. */
  Optional<ManagedPolicy> policy(String arn) {
    return fixed.find(arn).or(() -> entity(arn, Kind.POLICY).flatMap(this::storedPolicy));
  }

  private Optional<ManagedPolicy> storedPolicy(Entity policy) {
    return stored
        .versions()
        .find(policy.id(), policy.versions().inForce())
        .flatMap(version -> compiled(policy, version.document()));
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
