package dev.lakebed.auth.sigv4;

import dev.lakebed.auth.AuthType;
import dev.lakebed.http.Decimal;
import dev.lakebed.http.QueryParameters;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** What a request signed by version 2 may hold, and how long it lives. */
final class LegacyRules {
  /** Version 2 knows no limit; ours is that of version 4, plus the skew of the client's clock. */
  private static final Duration LONGEST = Duration.ofDays(7);

  /** What listings are told beside the resource; version 2 does not cover it. */
  private static final Set<String> OF_LISTINGS =
      Set.of(
          "bucket-region",
          "continuation-token",
          "delimiter",
          "encoding-type",
          "fetch-owner",
          "key-marker",
          "list-type",
          "marker",
          "max-buckets",
          "max-keys",
          "max-parts",
          "max-uploads",
          "part-number-marker",
          "prefix",
          "start-after",
          "upload-id-marker",
          "version-id-marker");

  private final Clock clock;

  LegacyRules(Clock clock) {
    this.clock = clock;
  }

  /**
   * Refuses parameters that the signature does not cover. Whoever holds a presigned URL could
   * change them, so there are none in it; the sender of a signed header may say what to list.
   */
  void requireCovered(QueryParameters query, AuthType type) {
    for (QueryParameters.Parameter parameter : query.all()) {
      String name = parameter.name();
      boolean listing = type == AuthType.HEADER && OF_LISTINGS.contains(name);
      boolean own = type == AuthType.QUERY && LegacyQuery.PARAMETERS.contains(name);
      boolean header = type == AuthType.QUERY && QueryHeaders.isOne(name);
      if (!listing && !own && !header && !LegacyString.isSigned(name)) {
        throw Refusals.notCovered(name);
      }
    }
  }

  /** Refuses what is out of date, too early, or good for too long. */
  void requireTimely(LegacyClaim claim) {
    if (claim.signedAt().isPresent()) {
      TimeLimits.requireNear(claim.signedAt().get(), claim.signedAt().get().toString(), clock);
    } else {
      Instant end = expiry(claim.dateLine());
      requireWithin(end);
      if (!clock.instant().isBefore(end)) {
        throw Refusals.expired(end, clock.instant());
      }
    }
  }

  /** Refuses an end that is further away than any signature may last. */
  void requireWithin(Instant end) {
    if (end.isAfter(clock.instant().plus(LONGEST).plus(TimeLimits.SKEW))) {
      throw Refusals.tooLong(end);
    }
  }

  private static Instant expiry(String text) {
    long seconds =
        Decimal.parse(text)
            .orElseThrow(
                () -> Refusals.missing("Invalid date (should be seconds since epoch): " + text));
    return Instant.ofEpochSecond(Math.min(seconds, Instant.MAX.getEpochSecond()));
  }
}
