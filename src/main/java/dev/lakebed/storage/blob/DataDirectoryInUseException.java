package dev.lakebed.storage.blob;

import java.io.IOException;

/** The data directory is owned by another server that runs now. */
public final class DataDirectoryInUseException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Names the directory. */
  public DataDirectoryInUseException(String message) {
    super(message);
  }
}
