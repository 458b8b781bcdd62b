package dev.lakebed.auth.sigv4;

import dev.lakebed.auth.Authenticated.AuthType;
import dev.lakebed.auth.AuthenticationException;
import dev.lakebed.auth.sigv4.CanonicalRequest.SignedHeaders;
import dev.lakebed.auth.sigv4.CredentialScope.ScopedKey;
import dev.lakebed.auth.sigv4.SignatureClaim.Timestamp;
import dev.lakebed.http.QueryParameters;
import dev.lakebed.http.Request;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads the claim of a presigned request. */
final class QueryClaim {
  static final String CREDENTIAL = "X-Amz-Credential";
  static final String SIGNATURE = "X-Amz-Signature";
  static final String TOKEN = "X-Amz-Security-Token";
  static final String EXPIRES = "X-Amz-Expires";
  static final String CONTENT_SHA256 = "X-Amz-Content-Sha256";
  private static final String ALGORITHM = "X-Amz-Algorithm";
  private static final String DATE = "X-Amz-Date";
  private static final String SIGNED_HEADERS = "X-Amz-SignedHeaders";

  private static final Set<String> SINGLE =
      Set.of(
          ALGORITHM, CREDENTIAL, DATE, EXPIRES, SIGNED_HEADERS, SIGNATURE, TOKEN, CONTENT_SHA256);

  private QueryClaim() {}

  /** Whether the query carries a signature, be it complete or not. */
  static boolean isPresent(QueryParameters query) {
    if (query.all().isEmpty()) {
      return false;
    }
    if (query.has(ALGORITHM) || query.has(SIGNATURE)) {
      return true;
    }
    if (query.has(CREDENTIAL)) {
      throw SignatureRefusals.missing("The query names a credential but carries no signature.");
    }
    return false;
  }

  static SignatureClaim parse(Request request) {
    QueryParameters query = request.query();
    SINGLE.forEach(name -> requireOnce(query, name));
    String algorithm = required(query, ALGORITHM);
    if (!algorithm.equals(SignatureClaim.ALGORITHM)) {
      throw SignatureRefusals.queryAlgorithm(algorithm);
    }
    ScopedKey key =
        ScopedKey.parse(required(query, CREDENTIAL))
            .orElseThrow(
                () ->
                    SignatureRefusals.malformedQuery(
                        "Error parsing the X-Amz-Credential parameter; the Credential is"
                            + " mal-formed; expecting"
                            + " \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\"."));
    Timestamp time =
        Timestamp.parseBasic(required(query, DATE))
            .orElseThrow(
                () ->
                    SignatureRefusals.malformedQuery(
                        "X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"."));
    if (!time.isOn(key.scope().date())) {
      throw SignatureRefusals.malformedQuery(
          "Invalid credential date in X-Amz-Credential: it is not the date of X-Amz-Date.");
    }
    SignedHeaders signedHeaders =
        SignedHeaders.parse(required(query, SIGNED_HEADERS))
            .orElseThrow(
                () ->
                    SignatureRefusals.malformedQuery(
                        "X-Amz-SignedHeaders must be lower-case names, each once."));
    return new SignatureClaim(
        AuthType.QUERY,
        key,
        time,
        signedHeaders,
        required(query, SIGNATURE),
        token(request, SignatureRefusals::malformedQuery));
  }

  /** The token, which stands in the query or in the header; both are signed. */
  static Optional<String> token(
      Request request, Function<String, AuthenticationException> malformed) {
    Optional<String> query = request.query().first(TOKEN);
    Optional<String> header = request.headers().first("x-amz-security-token");
    if (header.isPresent() && query.isPresent()) {
      throw malformed.apply("There is a session token in the header and in the query.");
    }
    return query.or(() -> header);
  }

  private static String required(QueryParameters query, String name) {
    return query
        .first(name)
        .filter(value -> !value.isEmpty())
        .orElseThrow(
            () ->
                SignatureRefusals.malformedQuery(
                    "Query-string authentication version 4 requires the X-Amz-Algorithm,"
                        + " X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and"
                        + " X-Amz-Expires parameters."));
  }

  static void requireOnce(QueryParameters query, String name) {
    if (query.all().stream().filter(parameter -> parameter.name().equals(name)).count() > 1) {
      throw SignatureRefusals.malformedQuery(
          "The query parameter " + name + " occurs more than once.");
    }
  }
}
