package dev.lakebed.storage.metadata;

/**
 * The database cannot be used as it is: unreachable at start, too old, or written by a later
 * Lakebed. The message is a sentence for the operator; nothing was changed.
 */
public final class DatabaseUnusableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what to do. */
  public DatabaseUnusableException(String message) {
    super(message);
  }

  /** Says what to do. */
  public DatabaseUnusableException(String message, Throwable cause) {
    super(message, cause);
  }
}
