package dev.lakebed.storage.metadata;

import java.time.Duration;

/**
 * How long writes wait.
 *
 * @param queue for a place in the queue
 * @param held for a key that another transaction holds
 * @param asking for the database to tell the outcome of a commit whose connection was lost
 * @param decision for all of it; after that the outcome is unknown to the caller
 */
record CommitLimits(Duration queue, Duration held, Duration asking, Duration decision) {
  static final CommitLimits DEFAULT =
      new CommitLimits(
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(20),
          Duration.ofSeconds(30));
}
