package dev.lakebed.metadata;

/** The database cannot be reached or is overloaded; the request may be tried again. */
public final class MetadataUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what failed. */
  public MetadataUnavailableException(String message) {
    super(message);
  }

  /** Says what failed. */
  public MetadataUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
