package dev.lakebed.tables.operation;

/** Asks what objects there are in a table bucket. */
public interface ObjectExistence {
  /** Whether the object exists. */
  boolean exists(long bucket, String key);

  /** Whether any object has a key that starts with {@code prefix}. */
  boolean anyUnder(long bucket, String prefix);
}
