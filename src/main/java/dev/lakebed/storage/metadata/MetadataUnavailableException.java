package dev.lakebed.storage.metadata;

/**
 * The database cannot be reached or is overloaded; the request may be tried again. A write that
 * fails with it was certainly not done, unless it is an {@link UnknownOutcomeException}.
 */
public sealed class MetadataUnavailableException extends RuntimeException
    permits UnknownOutcomeException {
  private static final long serialVersionUID = 1L;

  /** Says what failed. */
  public MetadataUnavailableException(String message) {
    super(message);
  }

  /** Says what failed. */
  public MetadataUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }

  /** A client asks for more than it may have. */
  static MetadataUnavailableException shareTaken() {
    return new MetadataUnavailableException("one client has its share of the database");
  }
}
