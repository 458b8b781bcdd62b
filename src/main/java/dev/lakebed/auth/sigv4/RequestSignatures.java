package dev.lakebed.auth.sigv4;

import dev.lakebed.auth.Authenticated;
import dev.lakebed.auth.Authenticated.AuthType;
import dev.lakebed.auth.CredentialLookup;
import dev.lakebed.auth.CredentialLookup.Credential;
import dev.lakebed.auth.payload.MemoryBody;
import dev.lakebed.auth.sigv4.SigningKeys.SigningKey;
import dev.lakebed.http.Request;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Verifies requests signed by version 4, in the header or in the query. */
record RequestSignatures(
    CredentialLookup credentials,
    SignatureSettings settings,
    TimeLimits timeLimits,
    SigningKeys signingKeys) {
  private static final String S3 = "s3";

  Authenticated verify(Request request, SignatureClaim claim, String service) throws IOException {
    settings.requireScope(claim.key().scope(), claim.type(), service);
    timeLimits.check(request, claim);
    HeaderRules.requireCovered(request.headers(), claim);
    Credential credential = credentials.find(claim.key().accessKeyId(), claim.sessionToken());
    SigningKey key = signingKeys.get(credential.secret(), claim.key().scope());
    Request verified =
        service.equals(S3)
            ? withStreamedBody(request, claim, key)
            : withBodyInMemory(request, claim, key);
    return new Authenticated(
        credential.principal(),
        verified,
        claim.type(),
        Optional.of(credential.accessKeyId()),
        Optional.of(claim.time().instant()),
        Optional.of(claim.key().scope().signed()));
  }

  private Request withStreamedBody(Request request, SignatureClaim claim, SigningKey key) {
    S3Payload payload = S3Payload.signed(request, claim);
    String host = signedHost(request, claim, key, payload.hashLine());
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
      String host = signedHost(request, claim, key, announced.get());
      return request.withHost(host).withBody(payload.read(request, settings.memoryBodyLimit()));
    }
    MemoryBody body = payload.read(request, settings.memoryBodyLimit());
    String host = signedHost(request, claim, key, body.sha256());
    return request.withHost(host).withBody(body);
  }

  /**
   * Accepts a request whose signature fits one of the canonical forms; the usual form is tried
   * first and is nearly always the only one computed.
   *
   * @return the host that was signed, which is the one that the request is for
   */
  private String signedHost(
      Request request, SignatureClaim claim, SigningKey key, String payloadHash) {
    boolean s3 = claim.key().scope().service().equals(S3);
    String rawPath = request.target().path();
    String query = CanonicalRequest.query(request.query(), claim.type() == AuthType.QUERY);
    CanonicalRequest usual =
        CanonicalRequest.of(
            request, claim, CanonicalPath.of(rawPath, s3), query, request.host(), payloadHash);
    String stringToSign = usual.stringToSign(claim.time(), claim.key().scope());
    if (key.verify(stringToSign, claim.signature())) {
      return request.host();
    }
    for (String host : settings.hosts(request)) {
      for (String path : CanonicalPath.forms(rawPath, s3)) {
        CanonicalRequest form = CanonicalRequest.of(request, claim, path, query, host, payloadHash);
        if (key.verify(form.stringToSign(claim.time(), claim.key().scope()), claim.signature())) {
          return host;
        }
      }
    }
    throw SignatureRefusals.mismatch(
        Map.of(
            "AWSAccessKeyId", claim.key().accessKeyId(),
            "StringToSign", stringToSign,
            "SignatureProvided", claim.signature(),
            "CanonicalRequest", usual.text()));
  }
}
