package dev.lakebed.auth.sigv4;

import dev.lakebed.auth.AuthenticationException.Reason;
import dev.lakebed.auth.payload.MemoryBody;
import dev.lakebed.auth.payload.PayloadException;
import dev.lakebed.auth.sigv4.S3Payload.PayloadForm;
import dev.lakebed.http.Request;
import java.io.IOException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How the body of a request to any service but S3 is verified; it is read into memory. Clients send
 * its hash in hexadecimal digits, in Base64 (Iceberg's REST client) or not at all, and always sign
 * the hexadecimal form. Line and digest are there when the head tells them.
 */
record ServicePayload(Optional<String> hashLine, Optional<String> digest) {
  /** 32 bytes in 44 characters. */
  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]{43}=");

  static ServicePayload of(Request request, SignatureSettings settings) {
    Optional<String> sent = request.headers().first("x-amz-content-sha256");
    if (settings.unsignedPayloadOutsideS3()
        && sent.filter(PayloadForm.UNSIGNED_PAYLOAD::equals).isPresent()) {
      return new ServicePayload(sent, Optional.empty());
    }
    Optional<String> digest = sent.map(ServicePayload::digest);
    return new ServicePayload(digest, digest);
  }

  /** Reads the body and compares it with the hash, if one was sent. */
  MemoryBody read(Request request, int limit) throws IOException {
    MemoryBody body = MemoryBody.read(request.body(), limit);
    if (digest.isPresent() && !digest.get().equals(body.sha256())) {
      throw PayloadException.Reason.SHA256_MISMATCH.because(
          "The provided 'x-amz-content-sha256' header does not match what was computed.");
    }
    return body;
  }

  private static String digest(String value) {
    if (PayloadForm.isHexDigest(value)) {
      return value.toLowerCase(Locale.ROOT);
    }
    if (BASE64.matcher(value).matches()) {
      return HexFormat.of().formatHex(Base64.getDecoder().decode(value));
    }
    throw Reason.INVALID_CONTENT_SHA256.because(
        "x-amz-content-sha256 must be the SHA-256 of the body, in hexadecimal digits or Base64.");
  }
}
