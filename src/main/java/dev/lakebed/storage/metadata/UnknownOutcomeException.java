package dev.lakebed.storage.metadata;

/**
 * The connection to the database was lost, or nobody answered in time, while a write was being
 * committed: it may have happened and it may not. The only exception of a write that leaves this
 * open.
 */
public final class UnknownOutcomeException extends MetadataUnavailableException {
  private static final long serialVersionUID = 1L;

  /** Says what failed. */
  public UnknownOutcomeException(String message, Throwable cause) {
    super(message, cause);
  }
}
