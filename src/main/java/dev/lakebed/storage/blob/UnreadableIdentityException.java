package dev.lakebed.storage.blob;

import java.io.IOException;

/** The identity file of a volume is damaged, or of a format that is not known. */
final class UnreadableIdentityException extends IOException {
  private static final long serialVersionUID = 1L;

  UnreadableIdentityException(String message) {
    super(message);
  }
}
