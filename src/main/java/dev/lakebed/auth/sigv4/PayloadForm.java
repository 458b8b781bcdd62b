package dev.lakebed.auth.sigv4;

import dev.lakebed.auth.AuthenticationException;
import java.util.HexFormat;

/** The forms of {@code x-amz-content-sha256} that S3 knows. */
enum PayloadForm {
  /** Hexadecimal hash of the body. */
  DIGEST,
  /** {@code UNSIGNED-PAYLOAD}. */
  UNSIGNED,
  /** {@code STREAMING-AWS4-HMAC-SHA256-PAYLOAD}. */
  SIGNED_CHUNKS,
  /** {@code STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER}. */
  SIGNED_CHUNKS_AND_TRAILER,
  /** {@code STREAMING-UNSIGNED-PAYLOAD-TRAILER}. */
  UNSIGNED_CHUNKS_AND_TRAILER;

  static final String UNSIGNED_PAYLOAD = "UNSIGNED-PAYLOAD";

  /**
   * Reads a value.
   *
   * @throws AuthenticationException with {@code INVALID_CONTENT_SHA256} for any other text, with
   *     {@code UNSUPPORTED_AUTHENTICATION} for a form of Signature Version 4A
   */
  static PayloadForm of(String value) {
    return switch (value) {
      case UNSIGNED_PAYLOAD -> UNSIGNED;
      case "STREAMING-AWS4-HMAC-SHA256-PAYLOAD" -> SIGNED_CHUNKS;
      case "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER" -> SIGNED_CHUNKS_AND_TRAILER;
      case "STREAMING-UNSIGNED-PAYLOAD-TRAILER" -> UNSIGNED_CHUNKS_AND_TRAILER;
      case "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD",
          "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER" ->
          throw Refusals.version4a();
      default -> {
        if (!isHexDigest(value)) {
          throw Refusals.contentSha256(
              "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER,"
                  + " STREAMING-AWS4-HMAC-SHA256-PAYLOAD,"
                  + " STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER or a valid sha256 value.");
        }
        yield DIGEST;
      }
    };
  }

  static boolean isHexDigest(String value) {
    return value.length() == 64 && value.chars().allMatch(HexFormat::isHexDigit);
  }
}
