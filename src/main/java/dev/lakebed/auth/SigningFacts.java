package dev.lakebed.auth;

import java.time.Instant;
import java.util.Optional;

/**
 * What the signature of a request says about itself, for condition keys.
 *
 * @param authType {@code REST-HEADER}, {@code REST-QUERY-STRING} or {@code POST}; {@code
 *     s3:authType}
 * @param signatureVersion for example {@code AWS4-HMAC-SHA256}; {@code s3:signatureversion}
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
          case HEADER -> Optional.of("REST-HEADER");
          case QUERY -> Optional.of("REST-QUERY-STRING");
          case POST_FORM -> Optional.of("POST");
        };
    return new SigningFacts(
        authType,
        authType.map(signed -> "AWS4-HMAC-SHA256"),
        Optional.of(region),
        authenticated.signedAt());
  }
}
