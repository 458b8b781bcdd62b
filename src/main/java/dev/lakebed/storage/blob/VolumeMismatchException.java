package dev.lakebed.storage.blob;

import java.io.IOException;

/** The volume and the database do not belong together; nothing was changed. */
public final class VolumeMismatchException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Says in one sentence what was found. */
  public VolumeMismatchException(String message) {
    super(message);
  }
}
