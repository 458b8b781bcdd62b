package dev.lakebed.auth.payload;

import java.io.IOException;

/** Body bytes that are not what the request announced or signed. Each protocol maps the reason. */
public final class PayloadException extends IOException {
  private static final long serialVersionUID = 1L;

  public enum Reason {
    /** SHA-256 of the body differs from {@code x-amz-content-sha256}. */
    SHA256_MISMATCH,
    /** A chunk, final chunk or trailer signature differs. */
    CHUNK_SIGNATURE_MISMATCH,
    MALFORMED_CHUNK,
    /** A chunk that is not the last one is smaller than it may be. */
    SMALL_CHUNK,
    /** Fewer bytes came than announced. */
    INCOMPLETE,
    /** More bytes came than announced. */
    EXCESS,
    /** The trailer is missing, unexpected or unreadable. */
    MALFORMED_TRAILER,
    /** A body kept in memory is larger than its limit. */
    TOO_LARGE,
    /** The client sent nothing for too long. */
    TIMEOUT;

    /** A refusal with a message for the caller. */
    public PayloadException because(String message) {
      return new PayloadException(this, message);
    }
  }

  private final Reason reason;

  public PayloadException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
