package dev.lakebed.storage.metadata;

import java.time.Instant;

/** Deletes old rows, a bounded number per transaction. */
public final class BatchedDelete {
  private static final int AT_ONCE = 1000;

  private BatchedDelete() {}

  /**
   * Deletes until nothing is left to delete.
   *
   * @param sql whose parameters are a time in milliseconds and the number of rows
   * @return number of rows
   */
  public static int run(Database database, String sql, Instant before) {
    int total = 0;
    while (true) {
      int deleted =
          database.onConnection(
              connection -> Jdbc.update(connection, sql, before.toEpochMilli(), AT_ONCE));
      total += deleted;
      if (deleted < AT_ONCE) {
        return total;
      }
    }
  }
}
