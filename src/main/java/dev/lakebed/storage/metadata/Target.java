package dev.lakebed.storage.metadata;

import java.util.Arrays;

/** A key in a bucket, as bytes. */
final class Target {
  private final long bucket;
  private final byte[] key;
  private final long lock;

  Target(long bucket, byte[] key) {
    this.bucket = bucket;
    this.key = key;
    this.lock = Locks.ofKey(bucket, key);
  }

  static Target of(long bucket, String key) {
    return new Target(bucket, KeyBytes.of(key));
  }

  long bucket() {
    return bucket;
  }

  /** The array itself; not to be changed. */
  byte[] key() {
    return key;
  }

  long lock() {
    return lock;
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof Target other
        && bucket == other.bucket
        && Arrays.equals(key, other.key);
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(bucket) + Arrays.hashCode(key);
  }

  @Override
  public String toString() {
    return bucket + ":" + KeyBytes.text(key);
  }
}
