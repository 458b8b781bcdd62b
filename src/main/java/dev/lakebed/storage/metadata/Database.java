package dev.lakebed.storage.metadata;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Function;

/** The metadata database: one PostgreSQL, embedded or external, behind one pool. */
public interface Database {
  /** Work on a plain connection; for hot paths. */
  @FunctionalInterface
  interface Work<T> {
    /** Runs statements. */
    T run(Connection connection) throws SQLException;
  }

  /**
   * Runs in one transaction with Hibernate; commits when {@code work} returns, rolls back when it
   * throws. Serialisation failures and deadlocks are tried again a bounded number of times.
   *
   * @throws UnknownOutcomeException when the transaction may have been committed
   * @throws MetadataUnavailableException when the database cannot be reached or has no free
   *     connection in time; nothing was committed
   */
  <T> T inTransaction(Function<EntityManager, T> work);

  /**
   * Runs in one transaction on a plain connection; otherwise as {@link #inTransaction}.
   *
   * @throws UnknownOutcomeException when the transaction may have been committed
   * @throws MetadataUnavailableException when the database cannot be reached; nothing was committed
   */
  <T> T onConnection(Work<T> work);

  /**
   * Reads in auto-commit mode on a plain connection, one round trip per statement.
   *
   * @throws MetadataUnavailableException when the database cannot be reached
   */
  <T> T read(Work<T> work);
}
