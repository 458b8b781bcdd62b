package dev.lakebed.auth;

import dev.lakebed.auth.payload.PayloadException;
import dev.lakebed.http.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A request whose sender is known. What nothing signed has neither key, time nor scope.
 *
 * @param request with its verified body: bytes that do not match what was signed end in a {@link
 *     PayloadException} instead of end of file. Its host is the one that was signed, which need not
 *     be the one that arrived
 * @param signedAt the time in the signature ({@code X-Amz-Date})
 */
public record Authenticated(
    Principal principal,
    Request request,
    AuthType authType,
    Optional<String> accessKeyId,
    Optional<Instant> signedAt,
    Optional<SignedScope> scope) {

  public static Authenticated anonymous(Principal.Anonymous principal, Request request) {
    return new Authenticated(
        principal,
        request,
        AuthType.ANONYMOUS,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Where a request carried its signature. */
  public enum AuthType {
    /** Nowhere: the request is not signed. */
    ANONYMOUS,
    /** In the {@code Authorization} header. */
    HEADER,
    /** In the query: a presigned URL. */
    QUERY,
    /** In the fields of a browser form. */
    POST_FORM
  }

  public enum SignatureVersion {
    /** HMAC-SHA1 over a few parts of the request. */
    V2("AWS"),
    /** HMAC-SHA256 over the request. */
    V4("AWS4-HMAC-SHA256");

    private final String conditionValue;

    SignatureVersion(String conditionValue) {
      this.conditionValue = conditionValue;
    }

    /** Value of the condition key {@code s3:signatureversion}. */
    String conditionValue() {
      return conditionValue;
    }
  }

  /** What a signature is good for; the region as the client wrote it, empty for version 2. */
  public record SignedScope(String region, String service, SignatureVersion version) {
    /** The scope of Signature Version 2, which is of S3 only. */
    public static final SignedScope VERSION_2 = new SignedScope("", "s3", SignatureVersion.V2);

    public SignedScope(String region, String service) {
      this(region, service, SignatureVersion.V4);
    }
  }

  /**
   * What the signature of a request says about itself, for condition keys: {@code s3:authType},
   * {@code s3:signatureversion}, {@code aws:RequestedRegion}, and {@code s3:signatureAge}, which
   * counts from {@code signedAt}.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/AmazonS3/latest/API/bucket-policy-s3-sigv4-conditions.html">AWS</a>
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

    public static final SigningFacts NONE =
        new SigningFacts(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** {@code region} is that of this endpoint, whatever the client wrote into its scope. */
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
     * Milliseconds since the signature was made. Version 2 does not tell in a URL or a form; then
     * it counts as old as it can be, for a Deny of old signatures must not miss it.
     */
    Optional<String> age(Instant now) {
      return signedAt
          .map(at -> Duration.between(at, now))
          .or(() -> signatureVersion.map(unknown -> OLDEST))
          .map(age -> String.valueOf(age.toMillis()));
    }

    /** What it says of the body: a presigned URL and a form nothing, whatever a header says. */
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
}
