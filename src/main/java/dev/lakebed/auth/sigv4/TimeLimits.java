package dev.lakebed.auth.sigv4;

import dev.lakebed.auth.AuthType;
import dev.lakebed.auth.AuthenticationException;
import dev.lakebed.auth.AuthenticationException.Reason;
import dev.lakebed.wire.Request;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** When a signature is too old or too new. */
final class TimeLimits {
  private static final Duration SKEW = Duration.ofMinutes(15);
  private static final long LONGEST_PRESIGNED = Duration.ofDays(7).toSeconds();

  private final Clock clock;

  TimeLimits(Clock clock) {
    this.clock = clock;
  }

  /**
   * Checks the signing time.
   *
   * @throws AuthenticationException with {@code TIME_SKEWED}, {@code MALFORMED_QUERY}, {@code
   *     NOT_YET_VALID} or {@code REQUEST_EXPIRED}
   */
  void check(Request request, SignatureClaim claim) {
    Instant now = clock.instant();
    if (claim.type() == AuthType.QUERY) {
      checkPresigned(request, claim.time().instant(), now);
    } else if (Duration.between(claim.time().instant(), now).abs().compareTo(SKEW) > 0) {
      throw new AuthenticationException(
          Reason.TIME_SKEWED,
          "The difference between the request time and the current time is too large.",
          Map.of(
              "RequestTime", claim.time().text(),
              "ServerTime", now.toString(),
              "MaxAllowedSkewMilliseconds", Long.toString(SKEW.toMillis())));
    }
  }

  private static void checkPresigned(Request request, Instant signedAt, Instant now) {
    long validity = validity(request.query().first(QueryClaim.EXPIRES).orElse(""));
    if (signedAt.isAfter(now.plus(SKEW))) {
      throw new AuthenticationException(
          Reason.NOT_YET_VALID,
          "Request is not valid yet",
          Map.of("X-Amz-Date", signedAt.toString(), "ServerTime", now.toString()));
    }
    Instant end = signedAt.plusSeconds(validity);
    if (!now.isBefore(end)) {
      throw new AuthenticationException(
          Reason.REQUEST_EXPIRED,
          "Request has expired",
          Map.of(
              "X-Amz-Expires", Long.toString(validity),
              "Expires", end.toString(),
              "ServerTime", now.toString()));
    }
  }

  private static long validity(String text) {
    long seconds;
    try {
      seconds = Long.parseLong(text);
    } catch (NumberFormatException notANumber) {
      throw Refusals.malformedQuery("X-Amz-Expires should be a number");
    }
    if (seconds < 1) {
      throw Refusals.malformedQuery("X-Amz-Expires must be greater than zero");
    }
    if (seconds > LONGEST_PRESIGNED) {
      throw Refusals.malformedQuery(
          "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires"
              + " must be less than 604800 seconds");
    }
    return seconds;
  }
}
