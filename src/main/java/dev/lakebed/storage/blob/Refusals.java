package dev.lakebed.storage.blob;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.Objects;

/** Turns what a file system reports into what callers of the store are told. */
final class Refusals {
  private Refusals() {}

  /** An interrupted thread says nothing of the volume; every other failure to write does. */
  static IOException ofWrite(int volume, IOException cause) {
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
