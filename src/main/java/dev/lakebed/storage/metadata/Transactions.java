package dev.lakebed.storage.metadata;

import dev.lakebed.limit.ClientPlaces;
import dev.lakebed.storage.metadata.MetadataUnavailableException.UnknownOutcomeException;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.EntityTransaction;
import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.hibernate.SessionFactory;

/**
 * Runs work in transactions. What surely did not commit is tried again a few times; a commit whose
 * outcome is unknown is not.
 */
public record Transactions(
    DataSource pool, EntityManagerFactory entityManagers, DatabaseTime time, ClientPlaces places)
    implements Database {
  private static final int ATTEMPTS = 5;
  private static final long LONGEST_PAUSE_MILLIS = 20;
  private static final long LONGEST_LOCK_PAUSE_MILLIS = 200;
  private static final Duration LOCK_LIMIT = Duration.ofSeconds(10);

  @Override
  public <T> T inTransaction(Function<EntityManager, T> work) {
    return repeated(attempt -> entityTransaction(work, attempt));
  }

  @Override
  public <T> T onConnection(Statements<T> work) {
    return repeated(attempt -> plainTransaction(work, attempt));
  }

  @Override
  public <T> T read(Statements<T> work) {
    return repeated(
        attempt -> {
          try (Connection connection = pool.getConnection()) {
            return work.run(connection);
          }
        });
  }

  private <T> T entityTransaction(Function<EntityManager, T> work, Attempt attempt)
      throws SQLException {
    try (Connection connection = pool.getConnection();
        EntityManager manager = open(connection)) {
      EntityTransaction transaction = manager.getTransaction();
      transaction.begin();
      try {
        T result = work.apply(manager);
        manager.flush();
        attempt.committing = true;
        transaction.commit();
        return result;
      } finally {
        if (transaction.isActive()) {
          transaction.rollback();
        }
      }
    }
  }

  /** Hibernate's own connections would all be of one pool. */
  private EntityManager open(Connection connection) {
    SessionFactory sessions = entityManagers.unwrap(SessionFactory.class);
    return sessions.withOptions().connection(connection).openSession();
  }

  private <T> T plainTransaction(Statements<T> work, Attempt attempt) throws SQLException {
    // The pool rolls back and restores auto-commit when the connection is closed.
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      T result = work.run(connection);
      attempt.committing = true;
      connection.commit();
      return result;
    }
  }

  private <T> T repeated(Step<T> step) {
    long began = System.nanoTime();
    try {
      return repeated(step, began);
    } finally {
      time.add(began);
    }
  }

  private <T> T repeated(Step<T> step, long began) {
    for (int number = 1; ; number++) {
      Attempt attempt = new Attempt();
      try {
        return placed(step, attempt);
      } catch (SQLException | PersistenceException e) {
        SqlFailure failure = SqlFailure.of(e);
        boolean again =
            switch (failure) {
              case CONFLICT -> number < ATTEMPTS;
              case CONNECTION_LOST -> number < ATTEMPTS && !attempt.committing;
              // No connection is kept while we wait for others to let go.
              case LOCKED -> System.nanoTime() - began < LOCK_LIMIT.toNanos();
              case UNAVAILABLE, REFERENCED, DUPLICATE, OTHER -> false;
            };
        if (!again) {
          throw attempt.committing && !failure.rolledBack() ? unknown(e) : translated(failure, e);
        }
        pause(failure == SqlFailure.LOCKED ? LONGEST_LOCK_PAUSE_MILLIS : LONGEST_PAUSE_MILLIS);
      } catch (RuntimeException e) {
        throw attempt.committing ? unknown(e) : e;
      }
    }
  }

  private <T> T placed(Step<T> step, Attempt attempt) throws SQLException {
    ClientPlaces.Place place =
        places
            .take(ConnectionPools.BORROW_LIMIT)
            .orElseThrow(MetadataUnavailableException::shareTaken);
    try {
      return step.run(attempt);
    } finally {
      place.close();
    }
  }

  private static void pause(long longestMillis) {
    LockSupport.parkNanos(
        TimeUnit.MILLISECONDS.toNanos(ThreadLocalRandom.current().nextLong(1, longestMillis)));
  }

  private static UnknownOutcomeException unknown(Exception e) {
    return new UnknownOutcomeException("the outcome of the transaction is unknown", e);
  }

  private static RuntimeException translated(SqlFailure failure, Exception e) {
    return switch (failure) {
      case CONFLICT, CONNECTION_LOST, LOCKED, UNAVAILABLE ->
          new MetadataUnavailableException("the metadata database does not answer", e);
      case REFERENCED, DUPLICATE, OTHER ->
          e instanceof PersistenceException p ? p : new PersistenceException(e);
    };
  }

  @FunctionalInterface
  private interface Step<T> {
    T run(Attempt attempt) throws SQLException;
  }

  /** Whether the attempt has come to its commit, whose failure may hide success. */
  private static final class Attempt {
    private boolean committing;
  }

  /**
   * Transactions that exclude each other: on this server one after the other in the order in which
   * they came, and without a connection until it is their turn. A client has few places in the
   * line.
   */
  static final class TransactionsInTurn implements Database {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    /**
     * Others wait for each place that one has, so who wants more is refused at once. A network has
     * no bound of its own: it would shut others of that network out.
     */
    static final ClientPlaces.Limits LIMITS = new ClientPlaces.Limits(8, Integer.MAX_VALUE, 1, 1);

    private final Database transactions;
    private final ClientPlaces places;
    private final ReentrantLock turn = new ReentrantLock(true);

    TransactionsInTurn(Database transactions, ClientPlaces places) {
      this.transactions = transactions;
      this.places = places;
    }

    @Override
    public <T> T inTransaction(Function<EntityManager, T> work) {
      return inTurn(() -> transactions.inTransaction(work));
    }

    @Override
    public <T> T onConnection(Statements<T> work) {
      return inTurn(() -> transactions.onConnection(work));
    }

    @Override
    public <T> T read(Statements<T> work) {
      return transactions.read(work);
    }

    private <T> T inTurn(Supplier<T> transaction) {
      ClientPlaces.Place place =
          places.take(Duration.ZERO).orElseThrow(MetadataUnavailableException::shareTaken);
      try {
        await();
        try {
          return transaction.get();
        } finally {
          turn.unlock();
        }
      } finally {
        place.close();
      }
    }

    private void await() {
      try {
        if (turn.tryLock(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      throw new MetadataUnavailableException("other transactions take too long");
    }
  }

  public static final class DatabaseTime {
    private final LongAdder operations = new LongAdder();
    private final LongAdder nanos = new LongAdder();

    /** Counts an operation that began then, by {@link System#nanoTime}. */
    public void add(long began) {
      operations.increment();
      nanos.add(System.nanoTime() - began);
    }

    public DatabaseStatistics statistics() {
      return new DatabaseStatistics(operations.sum(), nanos.sum());
    }

    /** Reads and transactions so far, failed ones too, and their time, waiting included. */
    public record DatabaseStatistics(long operations, long nanos) {}
  }
}
