package dev.lakebed.auth.sigv4;

import dev.lakebed.auth.Authenticated.AuthType;
import dev.lakebed.auth.AuthenticationException;
import dev.lakebed.auth.sigv4.CanonicalRequest.SignedHeaders;
import dev.lakebed.auth.sigv4.CredentialScope.ScopedKey;
import dev.lakebed.auth.sigv4.SignatureClaim.Timestamp;
import dev.lakebed.http.Headers;
import dev.lakebed.http.Request;
import java.util.Optional;

/** Reads the claim of a request signed in its {@code Authorization} header. */
final class HeaderClaim {
  private HeaderClaim() {}

  static SignatureClaim parse(Request request) {
    AuthorizationHeader header =
        AuthorizationHeader.parse(request.headers().first("authorization").orElse(""));
    ScopedKey key =
        ScopedKey.parse(header.credential())
            .orElseThrow(
                () ->
                    SignatureRefusals.malformedHeader(
                        "The authorization header is malformed; the Credential is mal-formed;"
                            + " expecting \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\"."));
    SignedHeaders signedHeaders =
        SignedHeaders.parse(header.signedHeaders())
            .orElseThrow(
                () ->
                    SignatureRefusals.malformedHeader(
                        "The authorization header is malformed; SignedHeaders must be lower-case"
                            + " names, each once."));
    Timestamp time = time(request.headers());
    if (!time.isOn(key.scope().date())) {
      throw SignatureRefusals.malformedHeader(
          "The authorization header is malformed; the date in the credential scope is not the date"
              + " of the request.");
    }
    return new SignatureClaim(
        AuthType.HEADER,
        key,
        time,
        signedHeaders,
        header.signature(),
        QueryClaim.token(request, SignatureRefusals::malformedHeader));
  }

  private static Timestamp time(Headers headers) {
    Optional<String> amzDate = headers.first("x-amz-date");
    Optional<Timestamp> time =
        amzDate.isPresent()
            ? amzDate.flatMap(Timestamp::parseBasic)
            : headers.first("date").flatMap(Timestamp::parseDateHeader);
    return time.orElseThrow(
        () ->
            SignatureRefusals.missing(
                "AWS authentication requires a valid Date or x-amz-date header."));
  }

  /**
   * An {@code Authorization} header of Signature Version 4. Its three elements may come in any
   * order, with or without a space after the comma.
   *
   * @param credential access key id and scope
   * @param signedHeaders names separated by semicolons
   * @param signature hexadecimal digits
   */
  record AuthorizationHeader(String credential, String signedHeaders, String signature) {
    private static final String CREDENTIAL = "Credential=";
    private static final String SIGNED_HEADERS = "SignedHeaders=";
    private static final String SIGNATURE = "Signature=";

    /**
     * Reads a header that begins with the name of the algorithm.
     *
     * @throws AuthenticationException with {@code MALFORMED_HEADER} when an element is missing,
     *     repeated or unknown
     */
    static AuthorizationHeader parse(String header) {
      String credential = "";
      String signedHeaders = "";
      String signature = "";
      int from = SignatureClaim.ALGORITHM.length() + 1;
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
          throw SignatureRefusals.malformedHeader(
              "The authorization header is malformed; it must hold Credential, SignedHeaders and"
                  + " Signature, each once and nothing else.");
        }
        from = to + 1;
      }
      if (credential.isEmpty() || signedHeaders.isEmpty() || signature.isEmpty()) {
        throw SignatureRefusals.malformedHeader(
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
