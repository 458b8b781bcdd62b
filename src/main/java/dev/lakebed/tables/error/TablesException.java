package dev.lakebed.tables.error;

/** A request that S3 Tables answers with an error. */
public final class TablesException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final TablesError error;

  /** An error with a message for the caller. */
  public TablesException(TablesError error, String message) {
    super(message);
    this.error = error;
  }

  /** Which error. */
  public TablesError error() {
    return error;
  }
}
