package dev.lakebed.auth.sigv4;

import dev.lakebed.auth.AuthType;
import dev.lakebed.auth.AuthenticationException;
import dev.lakebed.auth.AuthenticationException.Reason;
import java.util.Map;

/** The refusals of this package with their messages; AWS's words where AWS has a message. */
final class Refusals {
  private Refusals() {}

  static AuthenticationException missing(String message) {
    return new AuthenticationException(Reason.MISSING_AUTHENTICATION, message);
  }

  static AuthenticationException malformedHeader(String message) {
    return new AuthenticationException(Reason.MALFORMED_HEADER, message);
  }

  static AuthenticationException malformedQuery(String message) {
    return new AuthenticationException(Reason.MALFORMED_QUERY, message);
  }

  static AuthenticationException twoSignatures() {
    return new AuthenticationException(
        Reason.SEVERAL_SIGNATURES,
        "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query"
            + " string parameter or the Authorization header should be specified.");
  }

  /** Signature Version 2 is refused by decision: it is HMAC-SHA1 and does not sign the body. */
  static AuthenticationException version2() {
    return new AuthenticationException(
        Reason.UNSUPPORTED_AUTHENTICATION,
        "Signature Version 2 is not supported. Please use AWS4-HMAC-SHA256"
            + " (boto3: Config(signature_version='s3v4')).");
  }

  static AuthenticationException algorithm(String algorithm) {
    if (algorithm.equals("AWS")) {
      return version2();
    }
    if (algorithm.startsWith("AWS4-ECDSA")) {
      return new AuthenticationException(
          Reason.UNSUPPORTED_AUTHENTICATION,
          "Signature Version 4A is not supported. Please use AWS4-HMAC-SHA256.");
    }
    if (algorithm.isEmpty()) {
      return malformedHeader("The authorization header is malformed; it is empty.");
    }
    return new AuthenticationException(
        Reason.UNSUPPORTED_AUTHENTICATION,
        "The authorization mechanism you have provided is not supported. Please use"
            + " AWS4-HMAC-SHA256.");
  }

  static AuthenticationException signedHeaderMissing(String name) {
    return new AuthenticationException(
        Reason.SIGNATURE_MISMATCH,
        "The request signature we calculated does not match the signature you provided: the signed"
            + " header "
            + name
            + " did not arrive.");
  }

  static AuthenticationException unsignedHeader(String name) {
    return new AuthenticationException(
        Reason.UNSIGNED_HEADER,
        "There were headers present in the request which were not signed",
        Map.of("HeadersNotSigned", name));
  }

  static AuthenticationException contentSha256(String message) {
    return new AuthenticationException(Reason.INVALID_CONTENT_SHA256, message);
  }

  static AuthenticationException postPolicy(String message) {
    return new AuthenticationException(Reason.POST_POLICY_VIOLATION, message);
  }

  static AuthenticationException wrongScope(
      AuthType type, String element, String found, String wanted, Map<String, String> details) {
    String what = "the %s '%s' is wrong; expecting '%s'".formatted(element, found, wanted);
    return switch (type) {
      case QUERY ->
          new AuthenticationException(
              Reason.MALFORMED_QUERY,
              "Error parsing the X-Amz-Credential parameter; " + what,
              details);
      case POST_FORM ->
          new AuthenticationException(
              Reason.POST_POLICY_VIOLATION,
              "The field x-amz-credential is wrong; " + what,
              details);
      case HEADER, ANONYMOUS ->
          new AuthenticationException(
              Reason.MALFORMED_HEADER, "The authorization header is malformed; " + what, details);
    };
  }
}
