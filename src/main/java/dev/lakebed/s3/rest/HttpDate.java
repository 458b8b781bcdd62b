package dev.lakebed.s3.rest;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Dates of HTTP headers and of S3's XML (RFC 9110 section 5.6.7; ISO 8601 with milliseconds). */
public final class HttpDate {
  private static final DateTimeFormatter HEADER =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter XML =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.US)
          .withZone(ZoneOffset.UTC);
  private static final List<DateTimeFormatter> ACCEPTED =
      List.of(
          DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss 'GMT'", Locale.US),
          DateTimeFormatter.ofPattern("EEEE, dd-MMM-yy HH:mm:ss 'GMT'", Locale.US),
          DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.US));

  private HttpDate() {}

  /** The form of {@code Last-Modified}; fractions of a second are cut off. */
  public static String header(Instant time) {
    return HEADER.format(time);
  }

  public static String xml(Instant time) {
    return XML.format(time);
  }

  /** Reads any of the three forms of a header; empty when it is none of them. */
  public static Optional<Instant> parse(String text) {
    return ACCEPTED.stream().flatMap(form -> parse(form, text.strip()).stream()).findFirst();
  }

  private static Optional<Instant> parse(DateTimeFormatter form, String text) {
    try {
      return Optional.of(LocalDateTime.parse(text, form).toInstant(ZoneOffset.UTC));
    } catch (DateTimeParseException anotherForm) {
      return Optional.empty();
    }
  }
}
