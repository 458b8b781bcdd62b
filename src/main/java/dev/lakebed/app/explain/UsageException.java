package dev.lakebed.app.explain;

/** An option that cannot be used; the message is a sentence for the operator. */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
