package dev.lakebed.auth.sigv4;

import dev.lakebed.auth.Authenticated;
import dev.lakebed.auth.Credential;
import dev.lakebed.auth.CredentialLookup;
import dev.lakebed.auth.Principal;
import dev.lakebed.auth.SignedScope;
import dev.lakebed.http.Request;
import dev.lakebed.http.RequestBody;
import java.time.Clock;
import java.util.Optional;

/** Verifies S3 requests signed by version 2, in the header or in the query. */
final class LegacySignatures {
  private final CredentialLookup credentials;
  private final LegacyVerifier verifier;
  private final LegacyRules rules;

  LegacySignatures(CredentialLookup credentials, SignatureSettings settings, Clock clock) {
    this.credentials = credentials;
    this.verifier = new LegacyVerifier(new ForwardedHosts(settings), settings.virtualHosts());
    this.rules = new LegacyRules(clock);
  }

  Authenticated ofHeader(Request request) {
    return verify(request, LegacyHeader.parse(request.headers()));
  }

  Authenticated ofQuery(Request request) {
    Request sent = QueryHeaders.asHeaders(request);
    return verify(sent, LegacyQuery.parse(sent));
  }

  private Authenticated verify(Request request, LegacyClaim claim) {
    rules.requireCovered(request.query(), claim.type());
    rules.requireTimely(claim);
    Credential credential =
        Proven.credential(credentials, claim.accessKeyId(), claim.sessionToken());
    String host = verifier.verify(request, claim, credential.secret());
    Principal principal = Proven.principal(credential);
    RequestBody body = S3Payload.legacy(request).verified(request);
    return new Authenticated(
        principal,
        request.withHost(host).withBody(body),
        claim.type(),
        Optional.of(credential.accessKeyId()),
        claim.signedAt(),
        Optional.of(SignedScope.VERSION_2));
  }
}
