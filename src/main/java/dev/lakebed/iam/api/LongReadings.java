package dev.lakebed.iam.api;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.lakebed.limit.ServerBusyException;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Readings of a whole account, one at a time for each account. Who waits has no connection to the
 * database: a few reports at once would hold all of them for as long as they are made.
 */
final class LongReadings {
  /** Most that wait for an account. */
  static final int WAITING = 16;

  private final Cache<String, Semaphore> turns = Caffeine.newBuilder().weakValues().build();

  /**
   * Reads when it is the account's turn.
   *
   * @throws ServerBusyException when too many wait for it
   */
  <T> T inTurn(String account, Supplier<T> reading) {
    Semaphore turn = turns.get(account, name -> new Semaphore(1, true));
    if (turn.getQueueLength() >= WAITING) {
      throw new ServerBusyException("Too many reports of the account are made, try again later");
    }
    turn.acquireUninterruptibly();
    try {
      return reading.get();
    } finally {
      turn.release();
    }
  }
}
