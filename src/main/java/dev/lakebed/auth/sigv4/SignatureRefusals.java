package dev.lakebed.auth.sigv4;

import dev.lakebed.auth.Authenticated.AuthType;
import dev.lakebed.auth.AuthenticationException;
import dev.lakebed.auth.AuthenticationException.Reason;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/** The refusals of this package with their messages; AWS's words where AWS has a message. */
final class SignatureRefusals {
  private static final String ECDSA = "AWS4-ECDSA";

  private SignatureRefusals() {}

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

  static AuthenticationException mismatch(Map<String, String> details) {
    return new AuthenticationException(
        Reason.SIGNATURE_MISMATCH,
        "The request signature we calculated does not match the signature you provided. Check your"
            + " key and signing method.",
        details);
  }

  static AuthenticationException version2() {
    return new AuthenticationException(
        Reason.UNSUPPORTED_AUTHENTICATION,
        "Signature Version 2 is switched off on this server. Please use AWS4-HMAC-SHA256"
            + " (boto3: Config(signature_version='s3v4'); aws-cli: aws configure set"
            + " default.s3.signature_version s3v4), or set LAKEBED_SIGV2=true on the server.");
  }

  static AuthenticationException version2OutsideS3() {
    return new AuthenticationException(
        Reason.UNSUPPORTED_AUTHENTICATION,
        "Signature Version 2 is accepted for S3 only. Please use AWS4-HMAC-SHA256.");
  }

  static AuthenticationException version4a() {
    return new AuthenticationException(
        Reason.UNSUPPORTED_AUTHENTICATION,
        "Signature Version 4A is not supported. Please use AWS4-HMAC-SHA256.");
  }

  /** An {@code Authorization} header that begins with anything unknown. */
  static AuthenticationException scheme(String scheme) {
    if (scheme.isEmpty()) {
      return malformedHeader("The authorization header is malformed; it is empty.");
    }
    return scheme.startsWith(ECDSA)
        ? version4a()
        : authorization("Unsupported Authorization Type", scheme);
  }

  static AuthenticationException authorization(String message, String value) {
    return new AuthenticationException(
        Reason.INVALID_AUTHORIZATION,
        message,
        Map.of("ArgumentName", "Authorization", "ArgumentValue", value));
  }

  /** An algorithm named in a query or a form. */
  static AuthenticationException queryAlgorithm(String algorithm) {
    return algorithm.startsWith(ECDSA)
        ? version4a()
        : malformedQuery("X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256\"");
  }

  static AuthenticationException signedHeaderMissing(String name) {
    return new AuthenticationException(
        Reason.SIGNATURE_MISMATCH,
        "The request signature we calculated does not match the signature you provided: the signed"
            + " header "
            + name
            + " did not arrive.");
  }

  static AuthenticationException unsignedHeaders(Set<String> names) {
    return new AuthenticationException(
        Reason.UNSIGNED_HEADER,
        "There were headers present in the request which were not signed",
        Map.of("HeadersNotSigned", String.join(", ", names)));
  }

  static AuthenticationException notCovered(String parameter) {
    return new AuthenticationException(
        Reason.UNSIGNED_HEADER,
        "Signature Version 2 does not cover the query parameter "
            + parameter
            + ". Please use AWS4-HMAC-SHA256.");
  }

  static AuthenticationException expired(Instant end, Instant now) {
    return new AuthenticationException(
        Reason.REQUEST_EXPIRED,
        "Request has expired",
        Map.of("Expires", end.toString(), "ServerTime", now.toString()));
  }

  static AuthenticationException tooLong(Instant end) {
    return new AuthenticationException(
        Reason.MALFORMED_QUERY,
        "Signature Version 2 may last seven days at most on this server.",
        Map.of("Expires", end.toString()));
  }

  static AuthenticationException contentSha256(String message) {
    return new AuthenticationException(Reason.INVALID_CONTENT_SHA256, message);
  }

  static AuthenticationException missingField(String name) {
    return new AuthenticationException(
        Reason.MALFORMED_FORM_FIELD,
        "Bucket POST must contain a field named '"
            + name
            + "'.  If it is specified, please check the order of the fields.",
        Map.of("ArgumentName", name, "ArgumentValue", ""));
  }

  static AuthenticationException malformedField(String name, String value) {
    return new AuthenticationException(
        Reason.MALFORMED_FORM_FIELD,
        "The field " + name + " is malformed, or its date is not that of the others.",
        Map.of("ArgumentName", name, "ArgumentValue", value));
  }

  /** AWS words it in one way for S3 and in another for every other service. */
  static AuthenticationException wrongService(AuthType type, String found, String wanted) {
    if (wanted.equals("s3")) {
      return wrongScope(type, "service", found, wanted, Map.of());
    }
    return new AuthenticationException(
        Reason.SIGNATURE_MISMATCH,
        "Credential should be scoped to correct service: '%s'. It is signed for '%s'; set the"
                .formatted(wanted, found)
            + " signing name of the client.");
  }

  static AuthenticationException wrongRegion(AuthType type, String found, String wanted) {
    return wrongScope(type, "region", found, wanted, Map.of("Region", wanted));
  }

  private static AuthenticationException wrongScope(
      AuthType type, String element, String found, String wanted, Map<String, String> details) {
    String what = "the %s '%s' is wrong; expecting '%s'".formatted(element, found, wanted);
    return switch (type) {
      case QUERY, POST_FORM ->
          new AuthenticationException(
              Reason.MALFORMED_QUERY,
              "Error parsing the X-Amz-Credential parameter; " + what,
              details);
      case HEADER, ANONYMOUS ->
          new AuthenticationException(
              Reason.MALFORMED_HEADER, "The authorization header is malformed; " + what, details);
    };
  }
}
