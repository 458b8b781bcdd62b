package dev.lakebed.auth.sigv4;

import dev.lakebed.auth.AuthenticationException;
import java.util.Optional;

/**
 * An {@code Authorization} header of Signature Version 4. Its three elements may come in any order,
 * with or without a space after the comma.
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
        throw Refusals.malformedHeader(
            "The authorization header is malformed; it must hold Credential, SignedHeaders and"
                + " Signature, each once and nothing else.");
      }
      from = to + 1;
    }
    if (credential.isEmpty() || signedHeaders.isEmpty() || signature.isEmpty()) {
      throw Refusals.malformedHeader(
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
