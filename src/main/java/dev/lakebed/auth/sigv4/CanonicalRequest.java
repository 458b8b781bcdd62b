package dev.lakebed.auth.sigv4;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.lakebed.auth.payload.Sha256;

/**
 * What a client signs.
 *
 * @param text the whole canonical request; each character is one byte
 */
record CanonicalRequest(String text) {
  static CanonicalRequest of(
      String method,
      String path,
      String query,
      String headers,
      String signedHeaders,
      String payloadHash) {
    return new CanonicalRequest(
        String.join("\n", method, path, query, headers, signedHeaders, payloadHash));
  }

  /** The text that the signing key signs. */
  String stringToSign(Timestamp time, Scope scope) {
    return String.join(
        "\n",
        SignatureClaim.ALGORITHM,
        time.text(),
        scope.text(),
        Sha256.hexOf(text.getBytes(ISO_8859_1)));
  }
}
