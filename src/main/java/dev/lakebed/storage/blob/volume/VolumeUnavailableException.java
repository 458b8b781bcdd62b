package dev.lakebed.storage.blob.volume;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.Objects;

/** No volume takes writes: full, failing or read-only. */
public final class VolumeUnavailableException extends IOException {
  private static final long serialVersionUID = 1L;

  public VolumeUnavailableException(String message) {
    super(message);
  }

  public VolumeUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * What callers of the store are told of a failure to write. An interrupted thread says nothing of
   * the volume; every other failure does.
   */
  public static IOException ofWrite(int volume, IOException cause) {
    if (cause instanceof ClosedByInterruptException || cause instanceof InterruptedIOException) {
      return cause;
    }
    if (cause instanceof VolumeUnavailableException) {
      // A new one: each of the threads that share a failure gets a trace of its own.
      return new VolumeUnavailableException(
          Objects.requireNonNullElse(cause.getMessage(), "volume refused"), cause);
    }
    return new VolumeUnavailableException("volume " + volume + " failed to write", cause);
  }
}
