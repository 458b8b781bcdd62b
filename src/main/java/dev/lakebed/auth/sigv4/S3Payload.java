package dev.lakebed.auth.sigv4;

import dev.lakebed.auth.Authenticated.AuthType;
import dev.lakebed.auth.AuthenticationException.Reason;
import dev.lakebed.auth.payload.ChunkVerifier;
import dev.lakebed.auth.payload.ChunkedBody;
import dev.lakebed.auth.payload.DigestBody;
import dev.lakebed.auth.payload.Sha256;
import dev.lakebed.auth.payload.TrailerRules;
import dev.lakebed.http.Decimal;
import dev.lakebed.http.Request;
import dev.lakebed.http.RequestBody;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** How the body of an S3 request is verified; {@code hashLine} ends the canonical request. */
record S3Payload(PayloadForm form, String value, String hashLine) {
  private static final String HEADER = "x-amz-content-sha256";

  static S3Payload signed(Request request, SignatureClaim claim) {
    Optional<String> header = request.headers().first(HEADER);
    if (claim.type() == AuthType.HEADER) {
      return signed(
          header.orElseThrow(
              () ->
                  Reason.INVALID_CONTENT_SHA256.because(
                      "Missing required header for this request: x-amz-content-sha256")));
    }
    Optional<String> query = request.query().first(SignatureClaim.CONTENT_SHA256);
    if (query.isPresent()) {
      if (header.isPresent() && !header.equals(query)) {
        throw Reason.MALFORMED_QUERY.because("X-Amz-Content-Sha256 differs from the header.");
      }
      return signed(query.get());
    }
    if (header.isEmpty()) {
      return signed(PayloadForm.UNSIGNED_PAYLOAD);
    }
    return claim.signedHeaders().contains(HEADER)
        ? signed(header.get())
        : besidePresigned(header.get());
  }

  /** The payload of a request that nobody signed. */
  static S3Payload anonymous(Request request) {
    S3Payload payload =
        signed(request.headers().first(HEADER).orElse(PayloadForm.UNSIGNED_PAYLOAD));
    return switch (payload.form) {
      case DIGEST, UNSIGNED, UNSIGNED_CHUNKS_AND_TRAILER -> payload;
      case SIGNED_CHUNKS, SIGNED_CHUNKS_AND_TRAILER ->
          throw Reason.MISSING_AUTHENTICATION.because(
              "The chunks of the body are signed, the request is not.");
    };
  }

  /**
   * The payload of a request signed by version 2. It signs no body; a hash that is sent is one of
   * the signed headers and is compared.
   */
  static S3Payload legacy(Request request) {
    S3Payload payload =
        signed(request.headers().first(HEADER).orElse(PayloadForm.UNSIGNED_PAYLOAD));
    return switch (payload.form) {
      case DIGEST, UNSIGNED -> payload;
      case SIGNED_CHUNKS, SIGNED_CHUNKS_AND_TRAILER, UNSIGNED_CHUNKS_AND_TRAILER ->
          throw Reason.INVALID_CONTENT_SHA256.because(
              "A body in chunks needs Signature Version 4. Please use AWS4-HMAC-SHA256.");
    };
  }

  private static S3Payload signed(String value) {
    return new S3Payload(PayloadForm.of(value), value, value);
  }

  /** An unsigned hash beside a presigned URL may add a check; it may not change the framing. */
  private static S3Payload besidePresigned(String value) {
    PayloadForm form = PayloadForm.of(value);
    return switch (form) {
      case DIGEST, UNSIGNED -> new S3Payload(form, value, PayloadForm.UNSIGNED_PAYLOAD);
      case SIGNED_CHUNKS, SIGNED_CHUNKS_AND_TRAILER, UNSIGNED_CHUNKS_AND_TRAILER ->
          throw SignatureRefusals.unsignedHeaders(Set.of(HEADER));
    };
  }

  /** The body that checks itself, of a request whose chunks, if any, are not signed. */
  RequestBody verified(Request request) {
    return verified(
        request,
        () -> {
          throw new IllegalStateException("nothing here signs chunks");
        });
  }

  /** The body that checks itself; {@code chunks} gives the verifier of signed chunks. */
  RequestBody verified(Request request, Supplier<ChunkVerifier> chunks) {
    RequestBody raw = request.body();
    return switch (form) {
      case UNSIGNED -> raw;
      case DIGEST ->
          raw.length().orElse(-1) == 0 && value.equalsIgnoreCase(Sha256.EMPTY)
              ? raw
              : new DigestBody(raw, value);
      case SIGNED_CHUNKS ->
          new ChunkedBody(raw, decodedLength(request), chunks.get(), TrailerRules.NONE);
      case SIGNED_CHUNKS_AND_TRAILER ->
          new ChunkedBody(raw, decodedLength(request), chunks.get(), trailer(request));
      case UNSIGNED_CHUNKS_AND_TRAILER ->
          new ChunkedBody(raw, decodedLength(request), ChunkVerifier.UNSIGNED, trailer(request));
    };
  }

  private static TrailerRules trailer(Request request) {
    return TrailerRules.announced(request.headers().first("x-amz-trailer").orElse(""));
  }

  private static long decodedLength(Request request) {
    return Decimal.parse(request.headers().first("x-amz-decoded-content-length").orElse(""))
        .orElseThrow(
            () ->
                Reason.MISSING_DECODED_LENGTH.because(
                    "You must provide the x-amz-decoded-content-length HTTP header with a decimal"
                        + " number."));
  }

  /** The forms of {@code x-amz-content-sha256} that S3 knows. */
  enum PayloadForm {
    DIGEST,
    UNSIGNED,
    SIGNED_CHUNKS,
    SIGNED_CHUNKS_AND_TRAILER,
    UNSIGNED_CHUNKS_AND_TRAILER;

    static final String UNSIGNED_PAYLOAD = "UNSIGNED-PAYLOAD";

    static PayloadForm of(String value) {
      return switch (value) {
        case UNSIGNED_PAYLOAD -> UNSIGNED;
        case "STREAMING-AWS4-HMAC-SHA256-PAYLOAD" -> SIGNED_CHUNKS;
        case "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER" -> SIGNED_CHUNKS_AND_TRAILER;
        case "STREAMING-UNSIGNED-PAYLOAD-TRAILER" -> UNSIGNED_CHUNKS_AND_TRAILER;
        case "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD",
            "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER" ->
            throw SignatureRefusals.version4a();
        default -> {
          if (!isHexDigest(value)) {
            throw Reason.INVALID_CONTENT_SHA256.because(
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
}
