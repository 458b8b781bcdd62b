package dev.lakebed.tables.rest;

/** A name, ARN, token or location that breaks its rule; the message is for the caller. */
public final class InvalidValueException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says which rule is broken. */
  public InvalidValueException(String message) {
    super(message);
  }
}
