package dev.lakebed.storage.metadata;

import java.util.Map;

/**
 * The tags of a bucket.
 *
 * @param values by key; keys differ by case
 * @param abac whether policies of S3 see them (<a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/buckets-tagging-enable-abac.html">AWS,
 *     Enabling ABAC in general purpose buckets</a>)
 */
public record BucketTags(Map<String, String> values, boolean abac) {
  /** No tags, which policies would not see either. */
  public static final BucketTags NONE = new BucketTags(Map.of(), false);

  /** Copies the map. */
  public BucketTags {
    values = Map.copyOf(values);
  }

  /** Other tags under the same setting. */
  public BucketTags with(Map<String, String> replaced) {
    return new BucketTags(replaced, abac);
  }

  /** The same tags, seen by policies of S3 or not. */
  public BucketTags with(boolean seen) {
    return new BucketTags(values, seen);
  }

  /** What policies of S3 see. */
  public Map<String, String> inPolicies() {
    return abac ? values : Map.of();
  }
}
