package dev.lakebed.storage.metadata;

import dev.lakebed.limit.ClientPlaces;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Transactions that exclude each other: on this server one after the other in the order in which
 * they came, and without a connection until it is their turn. A client has few places in the line.
 */
final class TransactionsInTurn implements Database {
  /** How long a transaction waits for its turn. */
  private static final Duration LIMIT = Duration.ofSeconds(10);

  /**
   * Others wait for each place that one has, so who wants more is refused at once. A network has no
   * bound of its own: it would shut others of that network out.
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
  public <T> T onConnection(Work<T> work) {
    return inTurn(() -> transactions.onConnection(work));
  }

  @Override
  public <T> T read(Work<T> work) {
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
