package dev.lakebed.sts.oidc;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import dev.lakebed.iam.model.OidcOptions;
import dev.lakebed.iam.model.OidcProvider;
import dev.lakebed.sts.outbound.Fetcher;
import java.time.Clock;
import java.util.List;

/** The keys of all providers. What the operator changes about a provider begins it anew. */
final class ProviderKeys {
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
            key -> new CachedKeys(new KeyLocation(fetcher, provider, options), options.keysLife()))
        .select(header, clock.instant());
  }
}
