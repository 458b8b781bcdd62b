package dev.lakebed.auth.sigv4;

import dev.lakebed.auth.Authenticated.AuthType;
import dev.lakebed.auth.sigv4.CanonicalRequest.SignedHeaders;
import dev.lakebed.auth.sigv4.CredentialScope.ScopedKey;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * What a request says about its own signature; nothing of it is verified yet.
 *
 * @param sessionToken token of a temporary key
 */
record SignatureClaim(
    AuthType type,
    ScopedKey key,
    Timestamp time,
    SignedHeaders signedHeaders,
    String signature,
    Optional<String> sessionToken) {
  static final String ALGORITHM = "AWS4-HMAC-SHA256";

  /** Leaves signature and token out. */
  @Override
  public String toString() {
    return "SignatureClaim[" + type + ", " + key + "]";
  }

  /**
   * A signing time.
   *
   * @param text ISO 8601 basic form, {@code 20260102T030405Z}, as it stands in the string to sign
   * @param instant the same as a point in time
   */
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
