package dev.lakebed.tables.operation;

import dev.lakebed.auth.TagKeys;
import dev.lakebed.policy.Keys;
import java.util.Map;

/**
 * The condition keys {@code aws:ResourceTag/…} and {@code s3tables:TableBucketTag/…}: on a table
 * the one is about the table, the other about its bucket (<a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/table-tagging.html">AWS, Using tags
 * with S3 tables</a>).
 */
public final class ResourceTags {
  private ResourceTags() {}

  /** Keys of a table bucket, and of a table that is to be created in it. */
  public static Keys ofBucket(Map<String, String> bucket) {
    return ofTable(bucket, bucket);
  }

  /** Keys of a table. */
  public static Keys ofTable(Map<String, String> table, Map<String, String> bucket) {
    return TagKeys.of(TagKeys.RESOURCE, table).or(tableBucket(bucket));
  }

  /** The key of the bucket alone. */
  public static Keys tableBucket(Map<String, String> bucket) {
    return TagKeys.of("s3tables:tablebuckettag/", bucket);
  }
}
