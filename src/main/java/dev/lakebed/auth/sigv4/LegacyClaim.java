package dev.lakebed.auth.sigv4;

import dev.lakebed.auth.Authenticated.AuthType;
import dev.lakebed.auth.AuthenticationException.Reason;
import dev.lakebed.auth.sigv4.TimeLimits.Timestamp;
import dev.lakebed.http.Headers;
import dev.lakebed.http.QueryParameters;
import dev.lakebed.http.Request;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a request says about its own signature of version 2. A presigned URL tells no signing time.
 *
 * @param dateLine what stands in the string to sign in the place of the date
 */
record LegacyClaim(
    AuthType type,
    String accessKeyId,
    String signature,
    Optional<String> sessionToken,
    String dateLine,
    Optional<Instant> signedAt) {

  private static final String SCHEME = "AWS ";
  private static final String KEY = "AWSAccessKeyId";
  private static final String SIGNATURE = "Signature";
  private static final String EXPIRES = "Expires";

  /** The parameters that make the signature and are not covered by it. */
  static final List<String> PARAMETERS = List.of(KEY, SIGNATURE, EXPIRES);

  private static final String AMZ = "x-amz-";
  private static final Set<String> STANDARD = Set.of("content-type", "content-md5");
  private static final Pattern NAME = Pattern.compile("[a-z0-9!#$%&'*+.^_`|~-]+");
  private static final Pattern VALUE = Pattern.compile("[\\t -~\\x80-\\xff]*");

  /** Leaves signature and token out. */
  @Override
  public String toString() {
    return "LegacyClaim[" + type + ", " + accessKeyId + "]";
  }

  /** Reads {@code Authorization: AWS KEY:SIGNATURE}. */
  static LegacyClaim ofHeader(Headers headers) {
    String text = headers.first("authorization").orElse("");
    String credential = text.startsWith(SCHEME) ? text.substring(SCHEME.length()) : "";
    int colon = credential.lastIndexOf(':');
    if (colon < 1 || colon == credential.length() - 1 || credential.indexOf(' ') >= 0) {
      throw SignatureRefusals.authorization(
          "AWS authorization header is invalid. Expected AwsAccessKeyId:signature", text);
    }
    Optional<String> amzDate = headers.first("x-amz-date");
    Timestamp time =
        amzDate
            .or(() -> headers.first("date"))
            .flatMap(Timestamp::parseDateHeader)
            .orElseThrow(
                () ->
                    Reason.MISSING_AUTHENTICATION.because(
                        "AWS authentication requires a valid Date or x-amz-date header"));
    return new LegacyClaim(
        AuthType.HEADER,
        credential.substring(0, colon),
        credential.substring(colon + 1),
        headers.first("x-amz-security-token"),
        amzDate.isPresent() ? "" : headers.first("date").orElse("").strip(),
        Optional.of(time.instant()));
  }

  /** Whether the query carries such a signature, be it complete or not. */
  static boolean isIn(QueryParameters query) {
    return query.has(KEY) || query.has(SIGNATURE);
  }

  /** Reads a presigned URL, whose {@link #withQueryHeaders} are headers already. */
  static LegacyClaim ofQuery(Request request) {
    QueryParameters query = request.query();
    PARAMETERS.forEach(name -> SignatureClaim.requireOnce(query, name));
    return new LegacyClaim(
        AuthType.QUERY,
        required(query, KEY),
        required(query, SIGNATURE),
        request.headers().first("x-amz-security-token"),
        required(query, EXPIRES),
        Optional.empty());
  }

  private static String required(QueryParameters query, String name) {
    return query
        .first(name)
        .filter(value -> !value.isEmpty())
        .orElseThrow(
            () ->
                Reason.MISSING_AUTHENTICATION.because(
                    "Query-string authentication requires the Signature, Expires and"
                        + " AWSAccessKeyId parameters"));
  }

  /**
   * Headers that clients sign and then move into the query of a presigned URL: those of {@code
   * x-amz-*}, {@code content-type} and {@code content-md5}.
   */
  static boolean isQueryHeader(String parameter) {
    return parameter.regionMatches(true, 0, AMZ, 0, AMZ.length()) || STANDARD.contains(parameter);
  }

  /** They count as the headers that they were signed as: what was signed is what is done. */
  static Request withQueryHeaders(Request request) {
    Headers.Builder headers = Headers.builder();
    request.headers().all().forEach(field -> headers.add(field.name(), field.value()));
    for (QueryParameters.Parameter parameter : request.query().all()) {
      if (isQueryHeader(parameter.name())) {
        String name = parameter.name().toLowerCase(Locale.ROOT);
        String value = LegacyStringToSign.bytes(parameter.value());
        requireField(name, value);
        Headers known = headers.build();
        if (!known.has(name)) {
          headers.add(name, value);
        } else if (!known.all(name).stream().allMatch(value::equals)) {
          throw Reason.MALFORMED_QUERY.because(
              "The header " + name + " occurs more than once, in the query or beside it.");
        }
      }
    }
    return request.withHeaders(headers.build());
  }

  /** RFC 9110, sections 5.1 and 5.5: what cannot be a header must not become one. */
  private static void requireField(String name, String value) {
    if (!NAME.matcher(name).matches() || !VALUE.matcher(value).matches()) {
      throw Reason.MALFORMED_QUERY.because("A header in the query is malformed.");
    }
  }
}
