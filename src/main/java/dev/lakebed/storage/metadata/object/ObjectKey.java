package dev.lakebed.storage.metadata.object;

import dev.lakebed.storage.metadata.AdvisoryLocks;
import dev.lakebed.storage.metadata.KeyBytes;
import java.util.Arrays;

/** A key in a bucket, as bytes. */
final class ObjectKey {
  private final long bucket;
  private final byte[] key;
  private final long lock;

  ObjectKey(long bucket, byte[] key) {
    this.bucket = bucket;
    this.key = key;
    this.lock = AdvisoryLocks.ofKey(bucket, key);
  }

  static ObjectKey of(long bucket, String key) {
    return new ObjectKey(bucket, KeyBytes.of(key));
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
    return object instanceof ObjectKey other
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
