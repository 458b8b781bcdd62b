package dev.lakebed.iam.model;

import dev.lakebed.iam.model.AccessKey.OwnedKey;
import dev.lakebed.iam.model.KeyOwner.RootUser;
import dev.lakebed.policy.Question.Grants;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All identities at one moment. Immutable: a request that holds one sees no change. */
public final class IamSnapshot implements IdentityView {
  private final Map<String, OwnedKey> keys;
  private final Map<String, User> users;
  private final Map<String, RootUser> roots;
  private final Map<RoleArn, Role> roles;
  private final Map<String, String> arns;
  private final Map<String, ManagedPolicy> policies;
  private final Grants anonymous;
  private final StsSettings sts;

  /** Indexes everything; ids and ARNs must be unique. */
  public IamSnapshot(
      List<User> users,
      List<RootUser> roots,
      List<OwnedKey> keys,
      List<Role> roles,
      List<ManagedPolicy> policies,
      Grants anonymous,
      StsSettings sts) {
    this.users = index(users, User::arn);
    this.roots = index(roots, RootUser::account);
    this.keys = index(keys, owned -> owned.key().id());
    this.roles = index(roles, Role::arn);
    this.policies = index(policies, ManagedPolicy::arn);
    this.arns =
        Stream.concat(
                users.stream().map(user -> Map.entry(user.id(), user.arn())),
                roles.stream().map(role -> Map.entry(role.id(), role.arn().toString())))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    this.anonymous = anonymous;
    this.sts = sts;
  }

  private static <K, V> Map<K, V> index(List<V> values, Function<V, K> key) {
    return values.stream().collect(Collectors.toUnmodifiableMap(key, value -> value));
  }

  /** The same with one more user, who has one key. */
  public IamSnapshot with(User added, AccessKey key) {
    return new IamSnapshot(
        plus(users.values(), added),
        List.copyOf(roots.values()),
        plus(keys.values(), new OwnedKey(key, added)),
        List.copyOf(roles.values()),
        List.copyOf(policies.values()),
        anonymous,
        sts);
  }

  private static <T> List<T> plus(Collection<T> values, T added) {
    return Stream.concat(values.stream(), Stream.of(added)).toList();
  }

  @Override
  public Optional<OwnedKey> key(String accessKeyId) {
    return Optional.ofNullable(keys.get(accessKeyId));
  }

  public Collection<RootUser> roots() {
    return roots.values();
  }

  public Map<String, OwnedKey> keys() {
    return keys;
  }

  @Override
  public Optional<User> user(String arn) {
    return Optional.ofNullable(users.get(arn));
  }

  @Override
  public Optional<RootUser> root(String account) {
    return Optional.ofNullable(roots.get(account));
  }

  /** Whether there is nobody who could sign. */
  public boolean hasNobody() {
    return users.isEmpty() && roots.isEmpty();
  }

  /** All users, ordered by ARN. */
  public Collection<User> users() {
    return new TreeMap<>(users).values();
  }

  @Override
  public Optional<Role> role(RoleArn arn) {
    return Optional.ofNullable(roles.get(arn));
  }

  public Optional<String> id(String arn) {
    return user(arn)
        .map(User::id)
        .or(() -> RoleArn.parse(arn, sts.account()).flatMap(this::role).map(Role::id));
  }

  /** The unique id of a role by its name alone. */
  public Optional<String> roleId(String account, String name) {
    return roles.values().stream()
        .filter(role -> role.arn().account().equals(account) && role.arn().name().equals(name))
        .map(Role::id)
        .findFirst();
  }

  public Optional<String> arn(String id) {
    return Optional.ofNullable(arns.get(id));
  }

  /** All roles, ordered by ARN. */
  public List<Role> roles() {
    return roles.values().stream()
        .sorted(Comparator.comparing(role -> role.arn().toString()))
        .toList();
  }

  @Override
  public Optional<ManagedPolicy> policy(String arn) {
    return Optional.ofNullable(policies.get(arn));
  }

  /** All managed policies, ordered by ARN. */
  public Collection<ManagedPolicy> policies() {
    return new TreeMap<>(policies).values();
  }

  @Override
  public Optional<IdentityProvider> provider(String arn) {
    return sts.federation().find(arn);
  }

  @Override
  public Grants anonymous() {
    return anonymous;
  }

  @Override
  public StsSettings sts() {
    return sts;
  }
}
