package dev.lakebed.auth.sigv4;

import dev.lakebed.auth.AuthType;
import dev.lakebed.auth.AuthenticationException;
import dev.lakebed.http.Request;
import java.util.Map;
import java.util.Optional;

/** Computes the signature of a request and compares. */
final class SignatureVerifier {
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
    return Refusals.mismatch(
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
