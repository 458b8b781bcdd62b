package dev.lakebed.operation.query;

import dev.lakebed.auth.Denial;
import java.util.Optional;

/** A refusal in terms of the Query protocol. */
public final class QueryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final QueryError error;
  private final transient Optional<Denial> denial;
  private final transient Optional<String> encodedMessage;

  /** A refusal with a message for the caller that holds no secret. */
  public QueryException(QueryError error, String message) {
    this(error, message, Optional.empty(), Optional.empty());
  }

  private QueryException(
      QueryError error, String message, Optional<Denial> denial, Optional<String> encodedMessage) {
    super(message);
    this.error = error;
    this.denial = denial;
    this.encodedMessage = encodedMessage;
  }

  /**
   * A refusal by policy.
   *
   * @param encodedMessage the refusal as the client may have it
   */
  public static QueryException denied(
      String message, Denial denial, Optional<String> encodedMessage) {
    return new QueryException(
        QueryError.ACCESS_DENIED, message, Optional.of(denial), encodedMessage);
  }

  /** The refusal, when a policy refused. */
  public Optional<Denial> denial() {
    return denial;
  }

  /** The sealed refusal for the client. */
  public Optional<String> encodedMessage() {
    return encodedMessage;
  }

  /** Code and status. */
  public QueryError error() {
    return error;
  }
}
