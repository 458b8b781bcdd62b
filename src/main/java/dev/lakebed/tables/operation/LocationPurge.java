package dev.lakebed.tables.operation;

/** Deletes everything under a key prefix, in bounded steps. */
@FunctionalInterface
public interface LocationPurge {
  /**
   * Deletes at most {@code limit} objects whose keys start with {@code prefix}, and aborts
   * unfinished uploads there. Deleting twice is harmless.
   *
   * @return whether something may be left
   */
  boolean deleteSome(long bucket, String prefix, int limit);
}
