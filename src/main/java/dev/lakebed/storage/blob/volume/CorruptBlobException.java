package dev.lakebed.storage.blob.volume;

import java.io.IOException;

/** Stored bytes are missing or fail their checksum. */
public sealed class CorruptBlobException extends IOException {
  private static final long serialVersionUID = 1L;

  public CorruptBlobException(String message) {
    super(message);
  }

  /** A blob is not there; if it was just found named it may have been released in between. */
  public static final class MissingBlobException extends CorruptBlobException {
    private static final long serialVersionUID = 1L;

    public MissingBlobException(String message) {
      super(message);
    }
  }
}
