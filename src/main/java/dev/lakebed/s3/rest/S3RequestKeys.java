package dev.lakebed.s3.rest;

import dev.lakebed.policy.Keys;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Condition keys that S3 requests of every kind may carry, read only when a policy asks. Those
 * about signature and account are the authentication's.
 */
record S3RequestKeys(S3Request request) implements Keys {
  private static final String PREFIX = "s3:";
  private static final Set<String> HEADERS =
      HeaderText.names(
          """
          x-amz-acl x-amz-grant-read x-amz-grant-write x-amz-grant-read-acp x-amz-grant-write-acp
          x-amz-grant-full-control x-amz-server-side-encryption
          x-amz-server-side-encryption-aws-kms-key-id
          x-amz-server-side-encryption-customer-algorithm x-amz-storage-class
          x-amz-website-redirect-location x-amz-object-ownership if-match if-none-match
          """);

  /** Keys whose header has a prefix that the key lacks. */
  private static final Set<String> LOCK =
      Set.of("object-lock-mode", "object-lock-legal-hold", "object-lock-retain-until-date");

  /** What a write selects that makes an object or a part of one; tagging, for example, does not. */
  private static final Set<String> CREATING =
      Set.of("", Route.COPY, Route.COPY_PART, "uploadId", "uploads");

  private static final String RETAIN_UNTIL = "x-amz-object-lock-retain-until-date";

  @Override
  public List<String> values(String key) {
    if (!key.startsWith(PREFIX)) {
      return List.of();
    }
    String name = key.substring(PREFIX.length());
    if (HEADERS.contains(name)) {
      return request.wire().headers().all(name);
    }
    if (LOCK.contains(name)) {
      return request.wire().headers().all("x-amz-" + name);
    }
    return switch (name) {
      case "object-lock-remaining-retention-days" ->
          request.header(RETAIN_UNTIL).map(this::remainingDays).stream().toList();
      case "x-amz-copy-source" -> isCopy() ? source(CopySource.of(request)) : List.of();
      case "x-amz-metadata-directive" -> isCopy() ? request.wire().headers().all(name) : List.of();
      case "versionid" -> request.query("versionId").stream().toList();
      case "objectcreationoperation" -> createsObject().stream().toList();
      default -> List.of();
    };
  }

  /** Whether the bytes are those of another object: a form may carry the header in vain. */
  private boolean isCopy() {
    String selector = Route.of(request).selector();
    return selector.equals(Route.COPY) || selector.equals(Route.COPY_PART);
  }

  /** The object that is read, however the header spells it; policies write it in both ways. */
  private static List<String> source(CopySource source) {
    String path = source.bucket() + "/" + source.key();
    return List.of("/" + path, path);
  }

  /**
   * Whole days up to the date, a day that has begun counted. A text that is no date stays as it is:
   * no number, so that a Deny applies.
   */
  private String remainingDays(String date) {
    try {
      Duration left = Duration.between(request.wire().receivedAt(), Instant.parse(date));
      return String.valueOf(Math.ceilDiv(left.toSeconds(), 86_400L));
    } catch (DateTimeParseException noDate) {
      return date;
    }
  }

  /**
   * Whether the write makes an object, or is a step towards one: a part, the begin of an upload.
   */
  private Optional<String> createsObject() {
    if (request.level() != S3Request.Level.OBJECT
        || !CREATING.contains(Route.of(request).selector())) {
      return Optional.empty();
    }
    boolean upload = request.query("uploadId").isPresent();
    return switch (request.wire().method()) {
      case "PUT" -> Optional.of(String.valueOf(!upload));
      case "POST" -> Optional.of(String.valueOf(request.query("uploads").isEmpty()));
      default -> Optional.empty();
    };
  }
}
