package dev.lakebed.sts.saml;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Assertions that gave credentials, until each would be too old anyway. On this node. */
final class UsedAssertions {
  private static final int MAX = 100_000;

  private final Cache<String, Instant> until;

  UsedAssertions(Clock clock) {
    Ticker ticker = () -> TimeUnit.MILLISECONDS.toNanos(clock.millis());
    this.until =
        Caffeine.newBuilder()
            .maximumSize(MAX)
            .ticker(ticker)
            .expireAfter(
                Expiry.creating((String id, Instant end) -> Duration.between(clock.instant(), end)))
            .build();
  }

  boolean contains(SamlIdentity identity) {
    return until.getIfPresent(key(identity)) != null;
  }

  boolean add(SamlIdentity identity) {
    return until.asMap().putIfAbsent(key(identity), identity.usableUntil()) == null;
  }

  private static String key(SamlIdentity identity) {
    return identity.identity().provider() + " " + identity.assertionId();
  }
}
