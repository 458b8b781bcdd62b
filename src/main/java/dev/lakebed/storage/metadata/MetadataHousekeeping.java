package dev.lakebed.storage.metadata;

import java.time.Duration;
import java.time.Instant;

/** Deletes rows that have served their time. To be run about once an hour, on any node. */
public final class MetadataHousekeeping {
  /** How long the result of a completed upload is kept for repeated completions. */
  public static final Duration COMPLETED_UPLOADS_KEPT = Duration.ofHours(24);

  /** A committer that has not written for so long belongs to a node that is gone. */
  private static final Duration COMMITTERS_KEPT = Duration.ofDays(7);

  private final Database database;

  MetadataHousekeeping(Database database) {
    this.database = database;
  }

  /**
   * Deletes completed uploads older than a day and traces of nodes that are gone, a bounded number
   * per transaction.
   *
   * @return number of uploads deleted
   */
  public int run(Instant now) {
    BatchedDelete.run(
        database,
        "DELETE FROM committer WHERE id IN"
            + " (SELECT id FROM committer WHERE seen_ms < ? LIMIT ? FOR UPDATE SKIP LOCKED)",
        now.minus(COMMITTERS_KEPT));
    return BatchedDelete.run(
        database,
        "DELETE FROM upload WHERE id IN (SELECT id FROM upload"
            + " WHERE completed_ms < ? ORDER BY completed_ms LIMIT ? FOR UPDATE SKIP LOCKED)",
        now.minus(COMPLETED_UPLOADS_KEPT));
  }
}
