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

  static AuthenticationException twoSignatures() {
    return Reason.SEVERAL_SIGNATURES.because(
        "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query"
            + " string parameter or the Authorization header should be specified.");
  }

  static AuthenticationException mismatch(Map<String, String> details) {
    return Reason.SIGNATURE_MISMATCH.because(
        "The request signature we calculated does not match the signature you provided. Check your"
            + " key and signing method.",
        details);
  }

  static AuthenticationException version2() {
    return Reason.UNSUPPORTED_AUTHENTICATION.because(
        "Signature Version 2 is switched off on this server. Please use AWS4-HMAC-SHA256"
            + " (boto3: Config(signature_version='s3v4'); aws-cli: aws configure set"
            + " default.s3.signature_version s3v4), or set LAKEBED_SIGV2=true on the server.");
  }

  static AuthenticationException version2OutsideS3() {
    return Reason.UNSUPPORTED_AUTHENTICATION.because(
        "Signature Version 2 is accepted for S3 only. Please use AWS4-HMAC-SHA256.");
  }

  static AuthenticationException version4a() {
    return Reason.UNSUPPORTED_AUTHENTICATION.because(
        "Signature Version 4A is not supported. Please use AWS4-HMAC-SHA256.");
  }

  /** An {@code Authorization} header that begins with anything unknown. */
  static AuthenticationException scheme(String scheme) {
    if (scheme.isEmpty()) {
      return Reason.MALFORMED_HEADER.because("The authorization header is malformed; it is empty.");
    }
    return scheme.startsWith(ECDSA)
        ? version4a()
        : authorization("Unsupported Authorization Type", scheme);
  }

  static AuthenticationException authorization(String message, String value) {
    return Reason.INVALID_AUTHORIZATION.because(
        message, Map.of("ArgumentName", "Authorization", "ArgumentValue", value));
  }

  /** An algorithm named in a query or a form. */
  static AuthenticationException queryAlgorithm(String algorithm) {
    return algorithm.startsWith(ECDSA)
        ? version4a()
        : Reason.MALFORMED_QUERY.because("X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256\"");
  }

  static AuthenticationException signedHeaderMissing(String name) {
    return Reason.SIGNATURE_MISMATCH.because(
        "The request signature we calculated does not match the signature you provided: the signed"
            + " header "
            + name
            + " did not arrive.");
  }

  static AuthenticationException unsignedHeaders(Set<String> names) {
    return Reason.UNSIGNED_HEADER.because(
        "There were headers present in the request which were not signed",
        Map.of("HeadersNotSigned", String.join(", ", names)));
  }

  static AuthenticationException notCovered(String parameter) {
    return Reason.UNSIGNED_HEADER.because(
        "Signature Version 2 does not cover the query parameter "
            + parameter
            + ". Please use AWS4-HMAC-SHA256.");
  }

  static AuthenticationException expired(Instant end, Instant now) {
    return Reason.REQUEST_EXPIRED.because(
        "Request has expired", Map.of("Expires", end.toString(), "ServerTime", now.toString()));
  }

  static AuthenticationException tooLong(Instant end) {
    return Reason.MALFORMED_QUERY.because(
        "Signature Version 2 may last seven days at most on this server.",
        Map.of("Expires", end.toString()));
  }

  static AuthenticationException missingField(String name) {
    return Reason.MALFORMED_FORM_FIELD.because(
        "Bucket POST must contain a field named '"
            + name
            + "'.  If it is specified, please check the order of the fields.",
        Map.of("ArgumentName", name, "ArgumentValue", ""));
  }

  static AuthenticationException malformedField(String name, String value) {
    return Reason.MALFORMED_FORM_FIELD.because(
        "The field " + name + " is malformed, or its date is not that of the others.",
        Map.of("ArgumentName", name, "ArgumentValue", value));
  }

  /** AWS words it in one way for S3 and in another for every other service. */
  static AuthenticationException wrongService(AuthType type, String found, String wanted) {
    if (wanted.equals("s3")) {
      return wrongScope(type, "service", found, wanted, Map.of());
    }
    return Reason.SIGNATURE_MISMATCH.because(
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
          Reason.MALFORMED_QUERY.because(
              "Error parsing the X-Amz-Credential parameter; " + what, details);
      case HEADER, ANONYMOUS ->
          Reason.MALFORMED_HEADER.because(
              "The authorization header is malformed; " + what, details);
    };
  }
}
