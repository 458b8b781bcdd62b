package dev.lakebed.tables;

/** The objects in table buckets. */
public interface TableFiles {
  boolean exists(long bucket, String key);

  /** Whether any object has a key that starts with {@code prefix}. */
  boolean anyUnder(long bucket, String prefix);

  /**
   * Deletes at most {@code limit} objects whose keys start with {@code prefix}, and aborts
   * unfinished uploads there. Deleting twice is harmless.
   *
   * @return whether something may be left
   */
  boolean deleteSome(long bucket, String prefix, int limit);
}
