package dev.lakebed.auth.sigv4;

import dev.lakebed.auth.SignedScope;
import dev.lakebed.http.Request;
import java.util.Optional;

/**
 * The scope of a signing key.
 *
 * @param date eight digits
 * @param region any text without a slash
 * @param service for example {@code s3}
 */
public record Scope(String date, String region, String service) {
  static final String TERMINATOR = "aws4_request";

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
            .or(() -> request.query().first(QueryClaim.CREDENTIAL));
    return credential.flatMap(ScopedKey::parse).map(key -> key.scope().service());
  }

  SignedScope signed() {
    return new SignedScope(region, service);
  }

  /** The scope as it stands in a string to sign. */
  String text() {
    return date + "/" + region + "/" + service + "/" + TERMINATOR;
  }
}
