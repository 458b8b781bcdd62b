package dev.lakebed.storage.metadata.object;

import dev.lakebed.storage.metadata.AdvisoryLocks;
import dev.lakebed.storage.metadata.KeyBytes;
import java.util.Arrays;

/** A key in a bucket, as bytes that are not to be changed. */
@SuppressWarnings("ArrayRecordComponent")
record ObjectKey(long bucket, byte[] key, long lock) {
  static ObjectKey of(long bucket, String key) {
    byte[] bytes = KeyBytes.of(key);
    return new ObjectKey(bucket, bytes, AdvisoryLocks.ofKey(bucket, bytes));
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
