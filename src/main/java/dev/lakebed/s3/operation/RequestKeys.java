package dev.lakebed.s3.operation;

import dev.lakebed.policy.Keys;
import dev.lakebed.s3.request.S3Request;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Condition keys that every S3 request carries, read only when a policy asks. */
record RequestKeys(S3Request request, String owner) implements Keys {
  private static final String PREFIX = "s3:";
  private static final DateTimeFormatter AMZ_DATE =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final Set<String> HEADERS =
      Set.of(
          "x-amz-content-sha256",
          "x-amz-acl",
          "x-amz-grant-read",
          "x-amz-grant-write",
          "x-amz-grant-read-acp",
          "x-amz-grant-write-acp",
          "x-amz-grant-full-control",
          "x-amz-copy-source",
          "x-amz-metadata-directive",
          "x-amz-server-side-encryption",
          "x-amz-server-side-encryption-aws-kms-key-id",
          "x-amz-server-side-encryption-customer-algorithm",
          "x-amz-storage-class",
          "x-amz-website-redirect-location",
          "x-amz-object-ownership",
          "if-match",
          "if-none-match");

  @Override
  public List<String> values(String key) {
    if (!key.startsWith(PREFIX)) {
      return List.of();
    }
    String name = key.substring(PREFIX.length());
    if (HEADERS.contains(name)) {
      return request.wire().headers().all(name);
    }
    return switch (name) {
      case "authtype" -> list(authType());
      case "signatureversion" -> list(authType().map(type -> "AWS4-HMAC-SHA256"));
      case "signatureage" -> list(signatureAge());
      case "resourceaccount" -> List.of(owner);
      case "versionid" -> list(request.query("versionId"));
      default -> List.of();
    };
  }

  private Optional<String> authType() {
    if (request.header("authorization").isPresent()) {
      return Optional.of("REST-HEADER");
    }
    return request.query("X-Amz-Signature").map(signature -> "REST-QUERY-STRING");
  }

  private Optional<String> signatureAge() {
    return request
        .query("X-Amz-Date")
        .or(() -> request.header("x-amz-date"))
        .flatMap(
            date -> {
              try {
                Instant signed = AMZ_DATE.parse(date, Instant::from);
                long age = Duration.between(signed, request.wire().receivedAt()).toMillis();
                return Optional.of(Long.toString(Math.max(0, age)));
              } catch (DateTimeParseException notADate) {
                return Optional.empty();
              }
            });
  }

  private static List<String> list(Optional<String> value) {
    return value.map(List::of).orElse(List.of());
  }
}
