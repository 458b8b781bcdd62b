package dev.lakebed.auth;

import dev.lakebed.http.Request;
import java.time.Instant;
import java.util.Optional;

/**
 * A request whose sender is known.
 *
 * @param principal who sent it; {@link Principal.Anonymous} when it was not signed
 * @param request the request with its verified body: bytes that do not match what was signed end in
 *     a {@link PayloadException} instead of end of file. Its host is the one that was signed, which
 *     need not be the one that arrived
 * @param authType where the signature stood
 * @param accessKeyId the key that signed, empty when nothing did
 * @param signedAt the time in the signature ({@code X-Amz-Date}), empty when nothing was signed
 * @param scope region and service of the signature, empty when nothing was signed
 */
public record Authenticated(
    Principal principal,
    Request request,
    AuthType authType,
    Optional<String> accessKeyId,
    Optional<Instant> signedAt,
    Optional<SignedScope> scope) {

  /** A request that nobody signed. */
  public static Authenticated anonymous(Principal.Anonymous principal, Request request) {
    return new Authenticated(
        principal,
        request,
        AuthType.ANONYMOUS,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
