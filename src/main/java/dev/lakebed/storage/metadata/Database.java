package dev.lakebed.storage.metadata;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The metadata database: one PostgreSQL, embedded or external, behind one pool. */
public interface Database {
  /** Work on a plain connection; for hot paths. */
  @FunctionalInterface
  interface Statements<T> {
    T run(Connection connection) throws SQLException;
  }

  /**
   * Runs in one transaction with Hibernate; commits when {@code work} returns, rolls back when it
   * throws. Serialisation failures and deadlocks are tried again a bounded number of times. After a
   * {@link MetadataUnavailableException} nothing was committed, unless its outcome is unknown.
   */
  <T> T inTransaction(Function<EntityManager, T> work);

  /** Runs in one transaction on a plain connection; otherwise as {@link #inTransaction}. */
  <T> T onConnection(Statements<T> work);

  /** Reads in auto-commit mode on a plain connection, one round trip per statement. */
  <T> T read(Statements<T> work);

  /** Reads the rows of one query, as {@link #read} does. */
  default <T> List<T> rows(String sql, Jdbc.RowReader<T> reader, Object... parameters) {
    return read(connection -> Jdbc.rows(connection, sql, reader, parameters));
  }

  /** Reads the first row of a query, as {@link #read} does. */
  default <T> Optional<T> first(String sql, Jdbc.RowReader<T> reader, Object... parameters) {
    return read(connection -> Jdbc.first(connection, sql, reader, parameters));
  }

  /** Runs one statement in a transaction of its own; the number of rows that it changed. */
  default int update(String sql, @Nullable Object... parameters) {
    return onConnection(connection -> Jdbc.update(connection, sql, parameters));
  }

  /**
   * The database cannot be used as it is: unreachable at start, too old, or written by a later
   * Lakebed. The message is a sentence for the operator; nothing was changed.
   */
  public static final class DatabaseUnusableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DatabaseUnusableException(String message) {
      super(message);
    }

    public DatabaseUnusableException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
