package dev.lakebed.metadata;

import java.time.Instant;

/**
 * A bucket.
 *
 * @param id number of the bucket, never used again
 * @param name its name, unique over general and table buckets
 * @param kind general bucket or table bucket
 * @param owner account that owns it
 * @param createdAt when it was created
 */
public record Bucket(long id, String name, Kind kind, String owner, Instant createdAt) {
  /** What a bucket is for. */
  public enum Kind {
    /** Ordinary objects. */
    GENERAL,
    /** Namespaces and tables of S3 Tables; serves ordinary S3 traffic too. */
    TABLE
  }
}
