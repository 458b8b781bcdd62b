package dev.lakebed.auth.sigv4;

import dev.lakebed.auth.Authenticated;
import dev.lakebed.auth.Credential;
import dev.lakebed.auth.CredentialLookup;
import dev.lakebed.auth.payload.MemoryBody;
import dev.lakebed.http.Request;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;

/** Verifies requests signed by version 4, in the header or in the query. */
final class RequestSignatures {
  private final CredentialLookup credentials;
  private final SignatureSettings settings;
  private final TimeLimits timeLimits;
  private final SignatureVerifier verifier;
  private final SigningKeys signingKeys;

  RequestSignatures(
      CredentialLookup credentials,
      SignatureSettings settings,
      Clock clock,
      SigningKeys signingKeys) {
    this.credentials = credentials;
    this.settings = settings;
    this.timeLimits = new TimeLimits(clock);
    this.verifier = new SignatureVerifier(new ForwardedHosts(settings));
    this.signingKeys = signingKeys;
  }

  Authenticated verify(Request request, SignatureClaim claim, String service) throws IOException {
    settings.requireScope(claim.key().scope(), claim.type(), service);
    timeLimits.check(request, claim);
    HeaderCoverage.require(request.headers(), claim);
    Credential credential =
        Proven.credential(credentials, claim.key().accessKeyId(), claim.sessionToken());
    SigningKey key = signingKeys.get(credential.secret(), claim.key().scope());
    Request verified =
        service.equals("s3")
            ? withStreamedBody(request, claim, key)
            : withBodyInMemory(request, claim, key);
    return new Authenticated(
        Proven.principal(credential),
        verified,
        claim.type(),
        Optional.of(credential.accessKeyId()),
        Optional.of(claim.time().instant()),
        Optional.of(claim.key().scope().signed()));
  }

  private Request withStreamedBody(Request request, SignatureClaim claim, SigningKey key) {
    S3Payload payload = S3Payload.signed(request, claim);
    String host = verifier.verify(request, claim, key, payload.hashLine());
    return request
        .withHost(host)
        .withBody(payload.verified(request, () -> new ChunkSignatures(key, claim)));
  }

  /** Reads the body only when the signature is right, as far as that can be told without it. */
  private Request withBodyInMemory(Request request, SignatureClaim claim, SigningKey key)
      throws IOException {
    ServicePayload payload = ServicePayload.of(request, settings);
    Optional<String> announced = payload.hashLine();
    if (announced.isPresent()) {
      String host = verifier.verify(request, claim, key, announced.get());
      return request.withHost(host).withBody(payload.read(request, settings.memoryBodyLimit()));
    }
    MemoryBody body = payload.read(request, settings.memoryBodyLimit());
    String host = verifier.verify(request, claim, key, body.sha256());
    return request.withHost(host).withBody(body);
  }
}
