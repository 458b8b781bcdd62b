package dev.lakebed.blob;

import java.io.IOException;

/** Stored bytes are missing or fail their checksum. */
public final class CorruptBlobException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Says where the damage is. */
  public CorruptBlobException(String message) {
    super(message);
  }
}
