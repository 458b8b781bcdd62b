package dev.lakebed.auth.sigv4;

import dev.lakebed.auth.Authenticated.SignedScope;
import dev.lakebed.auth.sigv4.SignatureClaim.AuthorizationHeader;
import dev.lakebed.http.Decimal;
import dev.lakebed.http.QueryParameters;
import dev.lakebed.http.Request;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The scope of a signing key. The date has eight digits, the region is any text without a slash.
 */
public record CredentialScope(String date, String region, String service) {
  static final String TERMINATOR = "aws4_request";

  /** A key in the header of Signature Version 4, and of version 2. */
  private static final Pattern CLAIM =
      Pattern.compile("(?:Credential=|^AWS )([!-~&&[^/,:]]{1,128})[/:]");

  /**
   * The service that a request claims to be signed for, in its {@code Authorization} header or its
   * {@code X-Amz-Credential} parameter. Verifies nothing, so it may only choose who verifies; empty
   * when there is no scope or it cannot be read.
   */
  public static Optional<String> peek(Request request) {
    Optional<String> credential =
        request
            .headers()
            .first("authorization")
            .flatMap(AuthorizationHeader::credentialOf)
            .or(() -> request.query().first(SignatureClaim.CREDENTIAL));
    return credential.flatMap(ScopedKey::parse).map(key -> key.scope().service());
  }

  SignedScope signed() {
    return new SignedScope(region, service);
  }

  /** The scope as it stands in a string to sign. */
  String text() {
    return date + "/" + region + "/" + service + "/" + TERMINATOR;
  }

  /**
   * The credential element of a signature: {@code <access key
   * id>/<date>/<region>/<service>/aws4_request}, where the id may itself hold slashes.
   */
  record ScopedKey(String accessKeyId, CredentialScope scope) {
    private static final int LONGEST = 512;
    private static final int DATE_DIGITS = 8;

    /** Reads the element from its end; empty when a part is missing or wrong. */
    static Optional<ScopedKey> parse(String credential) {
      int terminator = credential.lastIndexOf('/');
      int service = credential.lastIndexOf('/', terminator - 1);
      int region = credential.lastIndexOf('/', service - 1);
      int date = credential.lastIndexOf('/', region - 1);
      if (date <= 0
          || credential.length() > LONGEST
          || !credential.substring(terminator + 1).equals(CredentialScope.TERMINATOR)
          || region - date != 1 + DATE_DIGITS
          || !Decimal.isDigits(credential, date + 1, region)
          || region + 1 == service
          || service + 1 == terminator) {
        return Optional.empty();
      }
      return Optional.of(
          new ScopedKey(
              credential.substring(0, date),
              new CredentialScope(
                  credential.substring(date + 1, region),
                  credential.substring(region + 1, service),
                  credential.substring(service + 1, terminator))));
    }
  }

  /**
   * The access key that a request claims, whether or not it was accepted; at most 128 characters,
   * none of them blank or control.
   */
  public static Optional<String> claimedKey(
      Optional<String> authorization, QueryParameters query, Optional<String> form) {
    Optional<String> sent =
        query
            .first("X-Amz-Credential")
            .map(credential -> "Credential=" + credential)
            .or(() -> query.first("AWSAccessKeyId").map(id -> "AWS " + id + ":"));
    return Stream.of(authorization, sent, form.map(id -> "AWS " + id + ":"))
        .flatMap(Optional::stream)
        .map(CLAIM::matcher)
        .filter(Matcher::find)
        .map(key -> key.group(1))
        .findFirst();
  }
}
