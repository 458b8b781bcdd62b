package dev.lakebed.storage.blob;

import java.io.IOException;

/** Stored bytes are missing or fail their checksum. */
public sealed class CorruptBlobException extends IOException permits MissingBlobException {
  private static final long serialVersionUID = 1L;

  /** Says where the damage is. */
  public CorruptBlobException(String message) {
    super(message);
  }
}
