package dev.lakebed.tables.rest;

import dev.lakebed.auth.Denial.AccessDeniedException;
import java.util.Optional;

/** A request that S3 Tables answers with an error. */
public final class TablesException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final TablesError error;
  private final transient Optional<AccessDeniedException> denied;

  /** An error with a message for the caller. */
  public TablesException(TablesError error, String message) {
    this(error, message, Optional.empty());
  }

  private TablesException(
      TablesError error, String message, Optional<AccessDeniedException> denied) {
    super(message);
    this.error = error;
    this.denied = denied;
  }

  /** The answer to a refused permission. */
  static TablesException denied(TablesError error, AccessDeniedException refused) {
    return new TablesException(error, String.valueOf(refused.getMessage()), Optional.of(refused));
  }

  /** The refused permission, when it is one. */
  public Optional<AccessDeniedException> denied() {
    return denied;
  }

  /** Which error. */
  public TablesError error() {
    return error;
  }
}
