package dev.lakebed.auth;

import dev.lakebed.http.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What the signature of a request says about itself, for condition keys.
 *
 * @param authType {@code REST-HEADER}, {@code REST-QUERY-STRING} or {@code POST}; {@code
 *     s3:authType}
 * @param signatureVersion {@code AWS4-HMAC-SHA256} or {@code AWS}; {@code s3:signatureversion}
 * @param region region of the credential scope; {@code aws:RequestedRegion}
 * @param signedAt date of the signature; {@code s3:signatureAge} counts from it
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/API/bucket-policy-s3-sigv4-conditions.html">AWS,
 *     signature condition keys</a>
 */
public record SigningFacts(
    Optional<String> authType,
    Optional<String> signatureVersion,
    Optional<String> region,
    Optional<Instant> signedAt) {
  private static final String HEADER = "REST-HEADER";
  private static final String QUERY = "REST-QUERY-STRING";
  private static final String FORM = "POST";
  private static final String UNSIGNED = "UNSIGNED-PAYLOAD";
  private static final Duration OLDEST = Duration.ofDays(7);

  /** A request without signature. */
  public static final SigningFacts NONE =
      new SigningFacts(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /**
   * The facts of a verified request.
   *
   * @param region region of this endpoint, whatever the client wrote into its scope
   */
  public static SigningFacts of(Authenticated authenticated, String region) {
    Optional<String> authType =
        switch (authenticated.authType()) {
          case ANONYMOUS -> Optional.empty();
          case HEADER -> Optional.of(HEADER);
          case QUERY -> Optional.of(QUERY);
          case POST_FORM -> Optional.of(FORM);
        };
    return new SigningFacts(
        authType,
        authenticated.scope().map(scope -> scope.version().conditionValue()),
        Optional.of(region),
        authenticated.signedAt());
  }

  /**
   * Milliseconds since the signature was made. Version 2 does not tell in a URL or a form; then it
   * counts as old as it can be, for a Deny of old signatures must not miss it.
   */
  Optional<String> age(Instant now) {
    return signedAt
        .map(at -> Duration.between(at, now))
        .or(() -> signatureVersion.map(unknown -> OLDEST))
        .map(age -> String.valueOf(age.toMillis()));
  }

  /**
   * What the signature says of the body. A presigned URL and a form do not cover it, whatever a
   * header beside them says.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/AmazonS3/latest/API/bucket-policy-s3-sigv4-conditions.html">AWS,
   *     s3:x-amz-content-sha256</a>
   */
  Optional<String> contentSha256(Request request) {
    Optional<String> header = request.headers().first("x-amz-content-sha256");
    return switch (authType.orElse("")) {
      case QUERY -> Optional.of(request.query().first("X-Amz-Content-Sha256").orElse(UNSIGNED));
      case FORM -> Optional.of(UNSIGNED);
      case HEADER -> Optional.of(header.orElse(UNSIGNED));
      default -> header;
    };
  }
}
