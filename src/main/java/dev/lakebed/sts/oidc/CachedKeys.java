package dev.lakebed.sts.oidc;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import dev.lakebed.http.LogText;
import dev.lakebed.iam.model.IdentityProvider.OidcProvider;
import dev.lakebed.iam.model.StsSettings.OidcOptions;
import dev.lakebed.sts.identity.ExternalIdentity.IdentityException;
import dev.lakebed.sts.identity.ExternalIdentity.IdentityException.Reason;
import dev.lakebed.sts.outbound.Fetcher;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one provider, fetched when first needed, when they are old, and when a token names a
 * key that is not among them (the provider rotated). Tokens that anybody can make must not make
 * this server ask the provider at will: after an unknown key, and after a failure, it does not ask
 * again for a while. Keys that cannot be renewed are used for another day.
 */
final class CachedKeys {
  private static final System.Logger LOG = System.getLogger(CachedKeys.class.getName());
  private static final Duration PAUSE = Duration.ofSeconds(10);
  private static final Duration GRACE = Duration.ofDays(1);
  private static final int MAX_WAITING = 32;
  private static final int WAIT_SECONDS = 10;

  private final KeyLocation location;
  private final Duration life;
  private final ReentrantLock fetching = new ReentrantLock();
  private volatile State state = new State(new JWKSet(), Instant.MIN, Instant.MIN, Instant.MIN);

  CachedKeys(KeyLocation location, Duration life) {
    this.location = location;
    this.life = life;
  }

  /** {@code missedAt}: when keys were last fetched for one that was not among them. */
  private record State(JWKSet keys, Instant fetchedAt, Instant failedAt, Instant missedAt) {
    boolean isFresh(Instant now, Duration life) {
      return !fetchedAt.equals(Instant.MIN) && now.isBefore(fetchedAt.plus(life));
    }

    boolean pauses(Instant now, Instant since) {
      return !since.equals(Instant.MIN) && now.isBefore(since.plus(PAUSE));
    }
  }

  List<JWK> select(JWSHeader header, Instant now) {
    JWKMatcher matcher = JWKMatcher.forJWSHeader(header);
    if (matcher == null) {
      return List.of();
    }
    JWKSelector selector = new JWKSelector(matcher);
    State known = state;
    if (!known.isFresh(now, life)) {
      known = refreshed(known, now, false);
    }
    List<JWK> found = selector.select(known.keys());
    if (!found.isEmpty() || known.pauses(now, known.missedAt()) || known.fetchedAt().equals(now)) {
      return found;
    }
    return selector.select(refreshed(known, now, true).keys());
  }

  private State refreshed(State old, Instant now, boolean missed) {
    if (old.pauses(now, old.failedAt())) {
      return usable(old, now, null);
    }
    if (!enter()) {
      return usable(state, now, null);
    }
    try {
      if (!state.equals(old)) {
        return usable(state, now, null);
      }
      JWKSet keys = location.fetch();
      state = new State(keys, now, Instant.MIN, missed ? now : old.missedAt());
    } catch (IOException failed) {
      LOG.log(
          System.Logger.Level.WARNING,
          "keys of " + location + " not fetched: " + LogText.of(failed.toString()));
      state = new State(old.keys(), old.fetchedAt(), now, old.missedAt());
      return usable(state, now, failed);
    } finally {
      fetching.unlock();
    }
    return state;
  }

  private boolean enter() {
    try {
      return fetching.getQueueLength() < MAX_WAITING
          && fetching.tryLock(WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private State usable(State known, Instant now, @Nullable IOException failure) {
    if (known.isFresh(now, life.plus(GRACE))) {
      return known;
    }
    String detail = "the keys of " + location + " cannot be had";
    throw failure == null
        ? Reason.UNREACHABLE.because(detail)
        : new IdentityException(Reason.UNREACHABLE, detail, failure);
  }

  /** The keys of all providers. What the operator changes about a provider begins it anew. */
  static final class ProviderKeys {
    private static final int MAX_PROVIDERS = 200;

    private final Fetcher fetcher;
    private final Clock clock;
    private final Cache<Provider, CachedKeys> cached =
        Caffeine.newBuilder().maximumSize(MAX_PROVIDERS).build();

    ProviderKeys(Fetcher fetcher, Clock clock) {
      this.fetcher = fetcher;
      this.clock = clock;
    }

    private record Provider(OidcProvider provider, OidcOptions options) {}

    /** The keys that may have signed a token with that header. */
    List<JWK> select(OidcProvider provider, OidcOptions options, JWSHeader header) {
      return cached
          .get(
              new Provider(provider, options),
              key ->
                  new CachedKeys(new KeyLocation(fetcher, provider, options), options.keysLife()))
          .select(header, clock.instant());
    }
  }
}
