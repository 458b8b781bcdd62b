package dev.lakebed.http;

/** The request target cannot be read: a broken percent escape, or text that is not UTF-8. */
public final class MalformedTargetException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what is wrong with the target, without repeating it. */
  public MalformedTargetException(String message) {
    super(message);
  }
}
