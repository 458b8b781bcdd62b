package dev.lakebed.auth.sigv4;

import dev.lakebed.auth.Authenticated.AuthType;
import dev.lakebed.auth.AuthenticationException;
import dev.lakebed.auth.AuthenticationException.Reason;
import dev.lakebed.auth.sigv4.SignatureClaim.Timestamp;
import dev.lakebed.http.Decimal;
import dev.lakebed.http.Request;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;

/** When a signature is too old or too new. */
record TimeLimits(Clock clock) {
  static final Duration SKEW = Duration.ofMinutes(15);
  private static final long LONGEST_PRESIGNED = Duration.ofDays(7).toSeconds();
  private static final String S3 = "s3";

  /**
   * Checks the signing time.
   *
   * @throws AuthenticationException with {@code TIME_SKEWED}, {@code MALFORMED_QUERY}, {@code
   *     NOT_YET_VALID} or {@code REQUEST_EXPIRED}
   */
  void check(Request request, SignatureClaim claim) {
    boolean s3 = claim.key().scope().service().equals(S3);
    Instant signedAt = claim.time().instant();
    if (claim.type() == AuthType.QUERY) {
      Duration validity = validity(request.query().first(QueryClaim.EXPIRES).orElse(""));
      if (s3) {
        requireValid(signedAt, validity, clock.instant());
      } else {
        requireCurrent(claim.time(), validity, clock.instant());
      }
    } else if (s3) {
      requireNear(signedAt, claim.time().text(), clock);
    } else {
      requireCurrent(claim.time(), SKEW, clock.instant());
    }
  }

  /** Demands that a time signed in a header is near that of the server. */
  static void requireNear(Instant signedAt, String sent, Clock clock) {
    Instant now = clock.instant();
    if (Duration.between(signedAt, now).abs().compareTo(SKEW) > 0) {
      throw new AuthenticationException(
          Reason.TIME_SKEWED,
          "The difference between the request time and the current time is too large.",
          Map.of(
              "RequestTime", sent,
              "ServerTime", now.toString(),
              "MaxAllowedSkewMilliseconds", Long.toString(SKEW.toMillis())));
    }
  }

  /** The same in the words of every service but S3. */
  private static void requireCurrent(Timestamp signed, Duration validity, Instant now) {
    Instant earliest = now.minus(validity);
    if (signed.instant().isBefore(earliest)) {
      throw new AuthenticationException(
          Reason.TIME_SKEWED,
          "Signature expired: %s is now earlier than %s (%s - %d min.)"
              .formatted(
                  signed.text(),
                  Timestamp.basic(earliest),
                  Timestamp.basic(now),
                  validity.toMinutes()));
    }
    Instant latest = now.plus(SKEW);
    if (signed.instant().isAfter(latest)) {
      throw new AuthenticationException(
          Reason.TIME_SKEWED,
          "Signature not yet current: %s is still later than %s (%s + %d min.)"
              .formatted(
                  signed.text(), Timestamp.basic(latest), Timestamp.basic(now), SKEW.toMinutes()));
    }
  }

  private static void requireValid(Instant signedAt, Duration validity, Instant now) {
    if (signedAt.isAfter(now.plus(SKEW))) {
      throw new AuthenticationException(
          Reason.NOT_YET_VALID,
          "Request is not valid yet",
          Map.of("X-Amz-Date", signedAt.toString(), "ServerTime", now.toString()));
    }
    Instant end = signedAt.plus(validity);
    if (!now.isBefore(end)) {
      throw SignatureRefusals.expired(end, now)
          .with("X-Amz-Expires", Long.toString(validity.toSeconds()));
    }
  }

  private static Duration validity(String text) {
    OptionalLong number = Decimal.parse(text);
    if (number.isEmpty()) {
      throw SignatureRefusals.malformedQuery("X-Amz-Expires should be a number");
    }
    long seconds = number.getAsLong();
    if (seconds < 1) {
      throw SignatureRefusals.malformedQuery("X-Amz-Expires must be greater than zero");
    }
    if (seconds > LONGEST_PRESIGNED) {
      throw SignatureRefusals.malformedQuery(
          "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires"
              + " must be less than 604800 seconds");
    }
    return Duration.ofSeconds(seconds);
  }
}
