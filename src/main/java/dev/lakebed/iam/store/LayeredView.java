package dev.lakebed.iam.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.lakebed.iam.model.AccessKey.OwnedKey;
import dev.lakebed.iam.model.IamSnapshot;
import dev.lakebed.iam.model.IdentityProvider;
import dev.lakebed.iam.model.IdentityProvider.SamlProvider;
import dev.lakebed.iam.model.IdentityView;
import dev.lakebed.iam.model.KeyOwner.RootUser;
import dev.lakebed.iam.model.ManagedPolicy;
import dev.lakebed.iam.model.Role;
import dev.lakebed.iam.model.RoleArn;
import dev.lakebed.iam.model.StsSettings;
import dev.lakebed.iam.model.User;
import dev.lakebed.iam.store.BoundPrincipals.DatabaseFailures;
import dev.lakebed.policy.Policy;
import dev.lakebed.policy.Question.Grants;
import dev.lakebed.storage.metadata.iam.Entity.Kind;
import dev.lakebed.storage.metadata.iam.IamStore;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The configuration in front, the database behind it. What was looked up is kept as long as the
 * view itself, and there is a new view after each change. Bounded: what does not fit is read again.
 */
public final class LayeredView implements IdentityView {
  /** The texts of each cache may take so much of the heap: one part of so many. */
  private static final int PART_OF_HEAP = 64;

  /** What an entry takes beside its policies. */
  private static final int SMALLEST = 400;

  /** Of providers: the metadata of one of SAML may be a mebibyte long. */
  private static final long MOST_LETTERS = 8L << 20;

  /** About as many as any other provider has, or as it takes to know that there is none. */
  private static final int SMALL_PROVIDER = 1024;

  private final IamSnapshot configured;
  private final IamStore store;

  private final Cache<String, Optional<OwnedKey>> keys = cache(LayeredView::policies);
  private final Cache<String, Optional<User>> users = cache(LayeredView::policies);
  private final Cache<RoleArn, Optional<Role>> roles = cache(LayeredView::policies);
  private final Cache<String, Optional<ManagedPolicy>> policies =
      cache(policy -> Stream.of(policy.identity()));
  private final Cache<String, Optional<IdentityProvider>> providers =
      Caffeine.newBuilder()
          .maximumWeight(MOST_LETTERS)
          .weigher((String arn, Optional<IdentityProvider> found) -> letters(arn, found))
          .executor(Runnable::run)
          .build();

  public LayeredView(IamSnapshot configured, IamStore store) {
    this.configured = configured;
    this.store = store;
  }

  private static int letters(String arn, Optional<IdentityProvider> found) {
    return found.isPresent() && found.get() instanceof SamlProvider saml
        ? arn.length() + saml.metadata().length()
        : arn.length() + SMALL_PROVIDER;
  }

  private static <K, V> Cache<K, Optional<V>> cache(Function<V, Stream<Policy>> policies) {
    return Caffeine.newBuilder()
        .maximumWeight(Runtime.getRuntime().maxMemory() / PART_OF_HEAP)
        .weigher(
            (K key, Optional<V> found) ->
                SMALLEST + found.stream().flatMap(policies).mapToInt(Policy::length).sum())
        .executor(Runnable::run)
        .build();
  }

  private static Stream<Policy> policies(OwnedKey key) {
    return key.owner() instanceof User user ? policies(user) : Stream.empty();
  }

  private static Stream<Policy> policies(User user) {
    return Stream.concat(user.policies().stream(), user.boundary().stream());
  }

  private static Stream<Policy> policies(Role role) {
    return Stream.of(role.policies().stream(), role.boundary().stream(), Stream.of(role.trust()))
        .flatMap(Function.identity());
  }

  /** Reads outside the cache's locks; two requests may both read. */
  private <K, V> Optional<V> cached(
      Cache<K, Optional<V>> cache, K key, Function<PrincipalLoader, Optional<V>> load) {
    Optional<V> known = cache.getIfPresent(key);
    if (known == null) {
      known =
          DatabaseFailures.by(
              () -> store.read(stored -> load.apply(new PrincipalLoader(stored, configured))));
      cache.put(key, known);
    }
    return known;
  }

  @Override
  public Optional<OwnedKey> key(String accessKeyId) {
    Optional<OwnedKey> known = configured.key(accessKeyId);
    return known.isPresent() || !isKeyId(accessKeyId)
        ? known
        : cached(keys, accessKeyId, loader -> loader.key(accessKeyId)).flatMap(this::owned);
  }

  /**
   * A stored user is not let in under the name of one of the configuration; a stored key of a root
   * user works while the configuration has that root user.
   */
  private Optional<OwnedKey> owned(OwnedKey owned) {
    return switch (owned.owner()) {
      case User user -> Optional.of(owned).filter(key -> configured.user(user.arn()).isEmpty());
      case RootUser root -> root(root.account()).map(known -> new OwnedKey(owned.key(), known));
    };
  }

  /** Spares the database what cannot be a key. */
  private static boolean isKeyId(String text) {
    return text.length() >= 16
        && text.length() <= 128
        && text.chars().allMatch(c -> c < 0x80 && Character.isLetterOrDigit(c));
  }

  @Override
  public Optional<User> user(String arn) {
    return configured
        .user(arn)
        .or(() -> cached(users, arn, loader -> loader.entity(arn, Kind.USER).map(loader::user)));
  }

  @Override
  public Optional<RootUser> root(String account) {
    return configured.root(account);
  }

  @Override
  public Optional<Role> role(RoleArn arn) {
    Function<PrincipalLoader, Optional<Role>> load =
        loader -> loader.entity(arn.toString(), Kind.ROLE).map(loader::role);
    return configured.role(arn).or(() -> cached(roles, arn, load));
  }

  @Override
  public Optional<ManagedPolicy> policy(String arn) {
    return AwsPolicies.fixed(configured, arn)
        .or(() -> cached(policies, arn, loader -> loader.policy(arn)));
  }

  @Override
  public Optional<IdentityProvider> provider(String arn) {
    return configured.provider(arn).or(() -> storedProvider(arn));
  }

  /** None speaks for one that the configuration has switched off. */
  private Optional<IdentityProvider> storedProvider(String arn) {
    return configured.sts().federation().reserves(arn)
        ? Optional.empty()
        : cached(providers, arn, loader -> loader.provider(arn));
  }

  @Override
  public Grants anonymous() {
    return configured.anonymous();
  }

  @Override
  public StsSettings sts() {
    return configured.sts();
  }
}
