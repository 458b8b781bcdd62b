package dev.lakebed.auth.sigv4;

import dev.lakebed.auth.AuthenticationException;
import dev.lakebed.auth.PayloadException;
import dev.lakebed.auth.payload.MemoryBody;
import dev.lakebed.wire.Request;
import java.io.IOException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The body of a request to any service but S3, read into memory. Clients send its hash in
 * hexadecimal digits, in Base64 (Iceberg's REST client) or not at all, and always sign the
 * hexadecimal form.
 *
 * @param body the body
 * @param hashLine last line of the canonical request
 */
record ServicePayload(MemoryBody body, String hashLine) {
  /** 32 bytes in 44 characters. */
  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]{43}=");

  /**
   * Reads the body and compares it with the hash, if one was sent.
   *
   * @throws PayloadException with {@code SHA256_MISMATCH}, {@code TOO_LARGE} or {@code INCOMPLETE}
   * @throws AuthenticationException with {@code INVALID_CONTENT_SHA256}
   */
  static ServicePayload read(Request request, SignatureSettings settings) throws IOException {
    Optional<String> sent = request.headers().first("x-amz-content-sha256");
    boolean unsigned =
        settings.unsignedPayloadOutsideS3()
            && sent.filter(PayloadForm.UNSIGNED_PAYLOAD::equals).isPresent();
    Optional<String> expected = unsigned ? Optional.empty() : sent.map(ServicePayload::digest);
    MemoryBody body = MemoryBody.read(request.body(), settings.memoryBodyLimit());
    String actual = body.sha256();
    if (expected.isPresent() && !expected.get().equals(actual)) {
      throw new PayloadException(
          PayloadException.Reason.SHA256_MISMATCH,
          "The provided 'x-amz-content-sha256' header does not match what was computed.");
    }
    return new ServicePayload(body, unsigned ? PayloadForm.UNSIGNED_PAYLOAD : actual);
  }

  private static String digest(String value) {
    if (PayloadForm.isHexDigest(value)) {
      return value.toLowerCase(Locale.ROOT);
    }
    if (BASE64.matcher(value).matches()) {
      return HexFormat.of().formatHex(Base64.getDecoder().decode(value));
    }
    throw Refusals.contentSha256(
        "x-amz-content-sha256 must be the SHA-256 of the body, in hexadecimal digits or Base64.");
  }
}
