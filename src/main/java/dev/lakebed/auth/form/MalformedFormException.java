package dev.lakebed.auth.form;

import java.io.IOException;

/** A form body that cannot be read: S3's {@code MalformedPOSTRequest}. */
public final class MalformedFormException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Says what is wrong with the form, without repeating its values. */
  public MalformedFormException(String message) {
    super(message);
  }
}
