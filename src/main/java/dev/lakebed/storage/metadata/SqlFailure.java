package dev.lakebed.storage.metadata;

import jakarta.persistence.LockTimeoutException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;

/** What a failed statement means (PostgreSQL, appendix "Error codes"). */
public enum SqlFailure {
  /** Serialisation failure or deadlock: rolled back, may be tried again at once. */
  CONFLICT,
  /** The connection broke; unless this was a commit, nothing was written. */
  CONNECTION_LOST,
  /** Waited too long for a lock that somebody else holds: rolled back. */
  LOCKED,
  /** No connection in time, overloaded, out of disk. */
  UNAVAILABLE,
  REFERENCED,
  DUPLICATE,
  OTHER;

  /** Whether the server has said so, which it does only after the transaction was rolled back. */
  public boolean rolledBack() {
    return switch (this) {
      case CONFLICT, LOCKED, REFERENCED, DUPLICATE -> true;
      case CONNECTION_LOST, UNAVAILABLE, OTHER -> false;
    };
  }

  /**
   * Classifies by the first SQLException among the causes, or JPA's word for a lock that somebody
   * else holds; OTHER when there is none.
   */
  public static SqlFailure of(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof LockTimeoutException) {
        return LOCKED;
      }
      if (t instanceof SQLException e) {
        return of(e);
      }
    }
    return OTHER;
  }

  private static SqlFailure of(SQLException e) {
    if (e instanceof SQLTransientConnectionException) {
      return UNAVAILABLE;
    }
    @Nullable String state = e.getSQLState();
    if (state == null || state.length() != 5) {
      return OTHER;
    }
    return switch (state) {
      case "40001", "40P01" -> CONFLICT;
      case "23503", "23001" -> REFERENCED;
      case "23505" -> DUPLICATE;
      case "57P01", "57P02", "57P03", "57P05", "25006" -> CONNECTION_LOST;
      case "55P03" -> LOCKED;
      case "57014" -> UNAVAILABLE;
      default ->
          switch (state.substring(0, 2)) {
            case "08" -> CONNECTION_LOST;
            case "53", "58" -> UNAVAILABLE;
            default -> OTHER;
          };
    };
  }
}
