package dev.lakebed.auth.form;

import java.io.IOException;

/** A file outside the policy's {@code content-length-range}. */
public final class FileSizeException extends IOException {
  private static final long serialVersionUID = 1L;

  /** On which side. */
  public enum Reason {
    /** S3's {@code EntityTooLarge}. */
    TOO_LARGE,
    /** S3's {@code EntityTooSmall}. */
    TOO_SMALL
  }

  private final Reason reason;

  FileSizeException(Reason reason) {
    super(
        switch (reason) {
          case TOO_LARGE -> "Your proposed upload exceeds the maximum allowed size";
          case TOO_SMALL -> "Your proposed upload is smaller than the minimum allowed size";
        });
    this.reason = reason;
  }

  /** On which side. */
  public Reason reason() {
    return reason;
  }
}
