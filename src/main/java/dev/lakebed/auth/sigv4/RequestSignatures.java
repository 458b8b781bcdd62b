package dev.lakebed.auth.sigv4;

import dev.lakebed.auth.Authenticated;
import dev.lakebed.auth.Authenticated.AuthType;
import dev.lakebed.auth.AuthenticationException;
import dev.lakebed.auth.CredentialLookup;
import dev.lakebed.auth.CredentialLookup.Credential;
import dev.lakebed.auth.payload.MemoryBody;
import dev.lakebed.auth.sigv4.CanonicalRequest.CanonicalQuery;
import dev.lakebed.auth.sigv4.SigningKeys.SigningKey;
import dev.lakebed.http.Request;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
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
    HeaderRules.require(request.headers(), claim);
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

  /** Computes the signature of a request and compares. */
  static final class SignatureVerifier {
    private final ForwardedHosts hosts;

    SignatureVerifier(ForwardedHosts hosts) {
      this.hosts = hosts;
    }

    /**
     * Accepts a request whose signature fits one of the canonical forms; the usual form is tried
     * first and is nearly always the only one computed.
     *
     * @return the host that was signed, which is the one that the request is for
     * @throws AuthenticationException with {@code SIGNATURE_MISMATCH} and the details S3 gives
     */
    String verify(Request request, SignatureClaim claim, SigningKey key, String payloadHash) {
      boolean s3 = claim.key().scope().service().equals("s3");
      String query = CanonicalQuery.of(request.query(), claim.type() == AuthType.QUERY);
      CanonicalRequest usual =
          canonical(
              request,
              claim,
              CanonicalPath.of(request.target().path(), s3),
              query,
              claim.signedHeaders().canonical(request.headers(), request.host()),
              payloadHash);
      String stringToSign = usual.stringToSign(claim.time(), claim.key().scope());
      if (key.verify(stringToSign, claim.signature())) {
        return request.host();
      }
      return hostOfOtherForm(request, claim, key, query, payloadHash, s3)
          .orElseThrow(() -> mismatch(claim, stringToSign, usual));
    }

    private static AuthenticationException mismatch(
        SignatureClaim claim, String stringToSign, CanonicalRequest usual) {
      return SignatureRefusals.mismatch(
          Map.of(
              "AWSAccessKeyId", claim.key().accessKeyId(),
              "StringToSign", stringToSign,
              "SignatureProvided", claim.signature(),
              "CanonicalRequest", usual.text()));
    }

    private Optional<String> hostOfOtherForm(
        Request request,
        SignatureClaim claim,
        SigningKey key,
        String query,
        String payloadHash,
        boolean s3) {
      for (String host : hosts.of(request)) {
        String headers = claim.signedHeaders().canonical(request.headers(), host);
        for (String path : CanonicalPath.forms(request.target().path(), s3)) {
          CanonicalRequest form = canonical(request, claim, path, query, headers, payloadHash);
          if (key.verify(form.stringToSign(claim.time(), claim.key().scope()), claim.signature())) {
            return Optional.of(host);
          }
        }
      }
      return Optional.empty();
    }

    private static CanonicalRequest canonical(
        Request request,
        SignatureClaim claim,
        String path,
        String query,
        String headers,
        String payloadHash) {
      return CanonicalRequest.of(
          request.method(), path, query, headers, claim.signedHeaders().text(), payloadHash);
    }
  }
}
