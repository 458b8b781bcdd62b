package dev.lakebed.auth.sigv4;

import dev.lakebed.auth.Authenticated.AuthType;
import dev.lakebed.auth.AuthenticationException.Reason;
import dev.lakebed.http.Decimal;
import dev.lakebed.http.Request;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** When a signature is too old or too new. */
record TimeLimits(Clock clock) {
  static final Duration SKEW = Duration.ofMinutes(15);
  private static final long LONGEST_PRESIGNED = Duration.ofDays(7).toSeconds();
  private static final String S3 = "s3";

  void check(Request request, SignatureClaim claim) {
    boolean s3 = claim.key().scope().service().equals(S3);
    Instant signedAt = claim.time().instant();
    if (claim.type() == AuthType.QUERY) {
      Duration validity = validity(request.query().first(SignatureClaim.EXPIRES).orElse(""));
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
      throw Reason.TIME_SKEWED.because(
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
      throw Reason.TIME_SKEWED.because(
          "Signature expired: %s is now earlier than %s (%s - %d min.)"
              .formatted(
                  signed.text(),
                  Timestamp.basic(earliest),
                  Timestamp.basic(now),
                  validity.toMinutes()));
    }
    Instant latest = now.plus(SKEW);
    if (signed.instant().isAfter(latest)) {
      throw Reason.TIME_SKEWED.because(
          "Signature not yet current: %s is still later than %s (%s + %d min.)"
              .formatted(
                  signed.text(), Timestamp.basic(latest), Timestamp.basic(now), SKEW.toMinutes()));
    }
  }

  private static void requireValid(Instant signedAt, Duration validity, Instant now) {
    if (signedAt.isAfter(now.plus(SKEW))) {
      throw Reason.NOT_YET_VALID.because(
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
      throw Reason.MALFORMED_QUERY.because("X-Amz-Expires should be a number");
    }
    long seconds = number.getAsLong();
    if (seconds < 1) {
      throw Reason.MALFORMED_QUERY.because("X-Amz-Expires must be greater than zero");
    }
    if (seconds > LONGEST_PRESIGNED) {
      throw Reason.MALFORMED_QUERY.because(
          "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires"
              + " must be less than 604800 seconds");
    }
    return Duration.ofSeconds(seconds);
  }

  /** A signing time; {@code text} is its ISO 8601 basic form, {@code 20260102T030405Z}. */
  record Timestamp(String text, Instant instant) {
    private static final DateTimeFormatter BASIC =
        DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT);

    /** Reads the basic form; empty when it is anything else. */
    static Optional<Timestamp> parseBasic(String text) {
      if (text.length() != 16 || text.charAt(8) != 'T' || text.charAt(15) != 'Z') {
        return Optional.empty();
      }
      for (int i = 0; i < 15; i++) {
        if (i != 8 && (text.charAt(i) < '0' || text.charAt(i) > '9')) {
          return Optional.empty();
        }
      }
      try {
        LocalDateTime time =
            LocalDateTime.of(
                number(text, 0, 4),
                number(text, 4, 6),
                number(text, 6, 8),
                number(text, 9, 11),
                number(text, 11, 13),
                number(text, 13, 15));
        return Optional.of(new Timestamp(text, time.toInstant(ZoneOffset.UTC)));
      } catch (DateTimeException noSuchTime) {
        return Optional.empty();
      }
    }

    /** Reads a {@code Date} header: the basic form or the form of RFC 9110 section 5.6.7. */
    static Optional<Timestamp> parseDateHeader(String text) {
      Optional<Timestamp> basic = parseBasic(text);
      if (basic.isPresent()) {
        return basic;
      }
      try {
        Instant instant =
            ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
        return Optional.of(new Timestamp(basic(instant), instant));
      } catch (DateTimeException notHttpDate) {
        return Optional.empty();
      }
    }

    static String basic(Instant instant) {
      return BASIC.format(instant.atOffset(ZoneOffset.UTC));
    }

    /** Whether the scope's date is the date of this time. */
    boolean isOn(String date) {
      return text.startsWith(date);
    }

    private static int number(String text, int from, int to) {
      return Integer.parseInt(text, from, to, 10);
    }
  }
}
