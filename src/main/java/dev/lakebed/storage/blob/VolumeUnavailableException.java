package dev.lakebed.storage.blob;

import java.io.IOException;

/** No volume takes writes: full, failing or read-only. */
public final class VolumeUnavailableException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Says which volumes refused and why. */
  public VolumeUnavailableException(String message) {
    super(message);
  }

  /** Says which volumes refused and why. */
  public VolumeUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
