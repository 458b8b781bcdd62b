package dev.lakebed.auth.sigv4;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/** Signing keys of the secrets in use; they change once a day. */
final class SigningKeys {
  private static final int MOST = 10_000;

  private record Origin(String secret, Scope scope) {
    @Override
    public String toString() {
      return "Origin[" + scope + "]";
    }
  }

  private final Cache<Origin, SigningKey> keys = Caffeine.newBuilder().maximumSize(MOST).build();

  SigningKey get(String secret, Scope scope) {
    return keys.get(new Origin(secret, scope), o -> SigningKey.derive(o.secret(), o.scope()));
  }
}
