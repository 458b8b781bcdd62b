package dev.lakebed.storage.metadata;

/**
 * The database cannot be reached or is overloaded; the request may be tried again. A write that
 * fails with it was certainly not done, unless it is an {@link UnknownOutcomeException}.
 */
public sealed class MetadataUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public MetadataUnavailableException(String message) {
    super(message);
  }

  public MetadataUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }

  static MetadataUnavailableException shareTaken() {
    return new MetadataUnavailableException("one client has its share of the database");
  }

  /**
   * The connection to the database was lost, or nobody answered in time, while a write was being
   * committed: it may have happened and it may not. The only exception of a write that leaves this
   * open.
   */
  public static final class UnknownOutcomeException extends MetadataUnavailableException {
    private static final long serialVersionUID = 1L;

    public UnknownOutcomeException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
