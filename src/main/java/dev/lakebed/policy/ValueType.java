package dev.lakebed.policy;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The types that values of condition keys can have. */
public enum ValueType {
  STRING(text -> true),
  NUMERIC(text -> Values.number(text).isPresent()),
  BOOLEAN(text -> Values.bool(text).isPresent()),
  IP(text -> AddressRange.address(text).isPresent()),
  BINARY(text -> Values.binary(text).isPresent()),
  /** ISO 8601, or seconds since 1970. */
  DATE(text -> Values.date(text).isPresent());

  // Lambdas without state; the checker cannot see that.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Predicate<String> form;

  ValueType(Predicate<String> form) {
    this.form = form;
  }

  public boolean accepts(String text) {
    return form.test(text);
  }

  /** Readers of the typed condition values; empty when the text is not of the type. */
  static final class Values {
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,30}(?:\\.[0-9]{1,30})?");
    private static final Pattern EPOCH = Pattern.compile("[0-9]{1,12}");

    private Values() {}

    static Optional<BigDecimal> number(String text) {
      return NUMBER.matcher(text).matches() ? Optional.of(new BigDecimal(text)) : Optional.empty();
    }

    /** ISO 8601 with zone, a day (its begin in UTC), or seconds since 1970. */
    static Optional<Instant> date(String text) {
      try {
        if (EPOCH.matcher(text).matches()) {
          return Optional.of(Instant.ofEpochSecond(Long.parseLong(text)));
        }
        return Optional.of(
            text.indexOf('T') < 0
                ? LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)
                : OffsetDateTime.parse(text).toInstant());
      } catch (DateTimeException notADate) {
        return Optional.empty();
      }
    }

    static Optional<Boolean> bool(String text) {
      return switch (text.toLowerCase(Locale.ROOT)) {
        case "true" -> Optional.of(true);
        case "false" -> Optional.of(false);
        default -> Optional.empty();
      };
    }

    static Optional<ByteBuffer> binary(String text) {
      try {
        return Optional.of(ByteBuffer.wrap(Base64.getDecoder().decode(text)));
      } catch (IllegalArgumentException notBase64) {
        return Optional.empty();
      }
    }
  }
}
