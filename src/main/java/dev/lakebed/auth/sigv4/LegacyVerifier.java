package dev.lakebed.auth.sigv4;

import dev.lakebed.auth.AuthenticationException;
import dev.lakebed.http.Request;
import dev.lakebed.http.VirtualHosts;
import java.util.Map;

/** Computes signatures of version 2 and compares. */
final class LegacyVerifier {
  private final ForwardedHosts hosts;
  private final VirtualHosts virtualHosts;

  LegacyVerifier(ForwardedHosts hosts, VirtualHosts virtualHosts) {
    this.hosts = hosts;
    this.virtualHosts = virtualHosts;
  }

  /**
   * Accepts a request whose signature fits. The host is not signed, but the bucket that it names
   * is.
   *
   * @return the host whose bucket was signed
   * @throws AuthenticationException with {@code SIGNATURE_MISMATCH} and the details S3 gives
   */
  String verify(Request request, LegacyClaim claim, String secret) {
    for (String host : hosts.of(request)) {
      for (String form : LegacyString.forms(request, claim, virtualHosts.bucket(host))) {
        if (LegacySignature.fits(secret, form, claim.signature())) {
          return host;
        }
      }
    }
    String usual =
        LegacyString.forms(request, claim, virtualHosts.bucket(request.host())).getFirst();
    throw Refusals.mismatch(
        Map.of(
            "AWSAccessKeyId", claim.accessKeyId(),
            "StringToSign", usual,
            "SignatureProvided", claim.signature()));
  }
}
