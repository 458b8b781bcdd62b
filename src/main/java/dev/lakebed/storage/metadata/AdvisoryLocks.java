package dev.lakebed.storage.metadata;

/**
 * Numbers of the advisory locks that order writers across nodes. Every node must compute the same;
 * a collision only makes two writers wait for each other.
 *
 * <p>Order of taking: bucket, then keys in ascending order of their numbers, then rows.
 */
public final class AdvisoryLocks {
  /** First of the two numbers of a bucket's lock: shared by writers, exclusive to its deletion. */
  public static final int BUCKET_CLASS = 0x6c62_0001;

  private static final long FNV_OFFSET = 0xcbf2_9ce4_8422_2325L;
  private static final long FNV_PRIME = 0x100_0000_01b3L;

  private AdvisoryLocks() {}

  public static int ofBucket(long bucket) {
    return (int) bucket;
  }

  public static long ofKey(long bucket, byte[] key) {
    long hash = FNV_OFFSET;
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      hash = (hash ^ ((bucket >>> shift) & 0xff)) * FNV_PRIME;
    }
    for (byte octet : key) {
      hash = (hash ^ (octet & 0xff)) * FNV_PRIME;
    }
    return hash;
  }
}
