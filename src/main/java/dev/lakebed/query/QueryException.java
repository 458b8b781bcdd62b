package dev.lakebed.query;

/** A refusal in terms of the Query protocol. */
public final class QueryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final QueryError error;

  /** A refusal with a message for the caller that holds no secret. */
  public QueryException(QueryError error, String message) {
    super(message);
    this.error = error;
  }

  /** Code and status. */
  public QueryError error() {
    return error;
  }
}
