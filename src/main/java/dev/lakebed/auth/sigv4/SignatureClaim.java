package dev.lakebed.auth.sigv4;

import dev.lakebed.auth.Authenticated.AuthType;
import dev.lakebed.auth.AuthenticationException;
import dev.lakebed.auth.AuthenticationException.Reason;
import dev.lakebed.auth.sigv4.CanonicalRequest.SignedHeaders;
import dev.lakebed.auth.sigv4.CredentialScope.ScopedKey;
import dev.lakebed.auth.sigv4.TimeLimits.Timestamp;
import dev.lakebed.http.Headers;
import dev.lakebed.http.QueryParameters;
import dev.lakebed.http.Request;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What a request says about its own signature; nothing of it is verified yet. */
record SignatureClaim(
    AuthType type,
    ScopedKey key,
    Timestamp time,
    SignedHeaders signedHeaders,
    String signature,
    Optional<String> sessionToken) {
  static final String ALGORITHM = "AWS4-HMAC-SHA256";
  static final String CREDENTIAL = "X-Amz-Credential";
  static final String SIGNATURE = "X-Amz-Signature";
  static final String TOKEN = "X-Amz-Security-Token";
  static final String EXPIRES = "X-Amz-Expires";
  static final String CONTENT_SHA256 = "X-Amz-Content-Sha256";
  private static final String ALGORITHM_NAME = "X-Amz-Algorithm";
  private static final String DATE = "X-Amz-Date";
  private static final String SIGNED_HEADERS = "X-Amz-SignedHeaders";

  private static final Set<String> SINGLE =
      Set.of(
          ALGORITHM_NAME,
          CREDENTIAL,
          DATE,
          EXPIRES,
          SIGNED_HEADERS,
          SIGNATURE,
          TOKEN,
          CONTENT_SHA256);

  /** Leaves signature and token out. */
  @Override
  public String toString() {
    return "SignatureClaim[" + type + ", " + key + "]";
  }

  static SignatureClaim ofHeader(Request request) {
    AuthorizationHeader header =
        AuthorizationHeader.parse(request.headers().first("authorization").orElse(""));
    ScopedKey key =
        ScopedKey.parse(header.credential())
            .orElseThrow(
                () ->
                    Reason.MALFORMED_HEADER.because(
                        "The authorization header is malformed; the Credential is mal-formed;"
                            + " expecting \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\"."));
    SignedHeaders signedHeaders =
        SignedHeaders.parse(header.signedHeaders())
            .orElseThrow(
                () ->
                    Reason.MALFORMED_HEADER.because(
                        "The authorization header is malformed; SignedHeaders must be lower-case"
                            + " names, each once."));
    Timestamp time = time(request.headers());
    if (!time.isOn(key.scope().date())) {
      throw Reason.MALFORMED_HEADER.because(
          "The authorization header is malformed; the date in the credential scope is not the date"
              + " of the request.");
    }
    return new SignatureClaim(
        AuthType.HEADER,
        key,
        time,
        signedHeaders,
        header.signature(),
        token(request, Reason.MALFORMED_HEADER::because));
  }

  private static Timestamp time(Headers headers) {
    Optional<String> amzDate = headers.first("x-amz-date");
    Optional<Timestamp> time =
        amzDate.isPresent()
            ? amzDate.flatMap(Timestamp::parseBasic)
            : headers.first("date").flatMap(Timestamp::parseDateHeader);
    return time.orElseThrow(
        () ->
            Reason.MISSING_AUTHENTICATION.because(
                "AWS authentication requires a valid Date or x-amz-date header."));
  }

  /** Whether the query carries a signature, be it complete or not. */
  static boolean isIn(QueryParameters query) {
    boolean signed = query.has(ALGORITHM_NAME) || query.has(SIGNATURE);
    if (!signed && query.has(CREDENTIAL)) {
      throw Reason.MISSING_AUTHENTICATION.because(
          "The query names a credential but carries no signature.");
    }
    return signed;
  }

  static SignatureClaim ofQuery(Request request) {
    QueryParameters query = request.query();
    SINGLE.forEach(name -> requireOnce(query, name));
    String algorithm = required(query, ALGORITHM_NAME);
    if (!algorithm.equals(ALGORITHM)) {
      throw SignatureRefusals.queryAlgorithm(algorithm);
    }
    ScopedKey key =
        ScopedKey.parse(required(query, CREDENTIAL))
            .orElseThrow(
                () ->
                    Reason.MALFORMED_QUERY.because(
                        "Error parsing the X-Amz-Credential parameter; the Credential is"
                            + " mal-formed; expecting"
                            + " \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\"."));
    Timestamp time =
        Timestamp.parseBasic(required(query, DATE))
            .orElseThrow(
                () ->
                    Reason.MALFORMED_QUERY.because(
                        "X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"."));
    if (!time.isOn(key.scope().date())) {
      throw Reason.MALFORMED_QUERY.because(
          "Invalid credential date in X-Amz-Credential: it is not the date of X-Amz-Date.");
    }
    SignedHeaders signedHeaders =
        SignedHeaders.parse(required(query, SIGNED_HEADERS))
            .orElseThrow(
                () ->
                    Reason.MALFORMED_QUERY.because(
                        "X-Amz-SignedHeaders must be lower-case names, each once."));
    return new SignatureClaim(
        AuthType.QUERY,
        key,
        time,
        signedHeaders,
        required(query, SIGNATURE),
        token(request, Reason.MALFORMED_QUERY::because));
  }

  /** The token, which stands in the query or in the header; both are signed. */
  private static Optional<String> token(
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
                Reason.MALFORMED_QUERY.because(
                    "Query-string authentication version 4 requires the X-Amz-Algorithm,"
                        + " X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and"
                        + " X-Amz-Expires parameters."));
  }

  static void requireOnce(QueryParameters query, String name) {
    if (query.all().stream().filter(parameter -> parameter.name().equals(name)).count() > 1) {
      throw Reason.MALFORMED_QUERY.because(
          "The query parameter " + name + " occurs more than once.");
    }
  }

  /**
   * An {@code Authorization} header of Signature Version 4. Its three elements may come in any
   * order, with or without a space after the comma.
   */
  record AuthorizationHeader(String credential, String signedHeaders, String signature) {
    private static final String CREDENTIAL = "Credential=";
    private static final String SIGNED_HEADERS = "SignedHeaders=";
    private static final String SIGNATURE = "Signature=";

    /** Reads a header that begins with the name of the algorithm. */
    static AuthorizationHeader parse(String header) {
      String credential = "";
      String signedHeaders = "";
      String signature = "";
      int from = ALGORITHM.length() + 1;
      while (from <= header.length()) {
        int comma = header.indexOf(',', from);
        int to = comma < 0 ? header.length() : comma;
        String element = header.substring(from, to).strip();
        if (element.startsWith(CREDENTIAL) && credential.isEmpty()) {
          credential = element.substring(CREDENTIAL.length());
        } else if (element.startsWith(SIGNED_HEADERS) && signedHeaders.isEmpty()) {
          signedHeaders = element.substring(SIGNED_HEADERS.length());
        } else if (element.startsWith(SIGNATURE) && signature.isEmpty()) {
          signature = element.substring(SIGNATURE.length());
        } else {
          throw Reason.MALFORMED_HEADER.because(
              "The authorization header is malformed; it must hold Credential, SignedHeaders and"
                  + " Signature, each once and nothing else.");
        }
        from = to + 1;
      }
      if (credential.isEmpty() || signedHeaders.isEmpty() || signature.isEmpty()) {
        throw Reason.MALFORMED_HEADER.because(
            "The authorization header is malformed; Credential, SignedHeaders or Signature is"
                + " missing.");
      }
      return new AuthorizationHeader(credential, signedHeaders, signature);
    }

    /** The credential element of a header that may be anything. */
    static Optional<String> credentialOf(String header) {
      int start = header.indexOf(CREDENTIAL);
      if (start < 0) {
        return Optional.empty();
      }
      int from = start + CREDENTIAL.length();
      int comma = header.indexOf(',', from);
      return Optional.of(header.substring(from, comma < 0 ? header.length() : comma).strip());
    }
  }
}
