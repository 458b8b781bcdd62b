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
              connection -> {
                try (var statement = connection.prepareStatement(sql)) {
                  statement.setLong(1, before.toEpochMilli());
                  statement.setInt(2, AT_ONCE);
                  return statement.executeUpdate();
                }
              });
      total += deleted;
      if (deleted < AT_ONCE) {
        return total;
      }
    }
  }
}
