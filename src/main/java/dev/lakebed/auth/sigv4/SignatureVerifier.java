package dev.lakebed.auth.sigv4;

import dev.lakebed.auth.AuthType;
import dev.lakebed.auth.AuthenticationException;
import dev.lakebed.wire.Request;
import java.util.Map;

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
   * @throws AuthenticationException with {@code SIGNATURE_MISMATCH} and the details S3 gives
   */
  void verify(Request request, SignatureClaim claim, SigningKey key, String payloadHash) {
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
    if (key.verify(stringToSign, claim.signature())
        || fitsOtherForm(request, claim, key, query, payloadHash, s3)) {
      return;
    }
    throw new AuthenticationException(
        AuthenticationException.Reason.SIGNATURE_MISMATCH,
        "The request signature we calculated does not match the signature you provided. Check your"
            + " key and signing method.",
        Map.of(
            "AWSAccessKeyId", claim.key().accessKeyId(),
            "StringToSign", stringToSign,
            "SignatureProvided", claim.signature(),
            "CanonicalRequest", usual.text()));
  }

  private boolean fitsOtherForm(
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
          return true;
        }
      }
    }
    return false;
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
