package dev.lakebed.tables.rest;

import dev.lakebed.auth.TagKeys;
import dev.lakebed.policy.Keys;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The condition keys {@code s3tables:namespace} and {@code s3tables:tableName} (<a
 * href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3tables.html">AWS,
 * Actions, resources, and condition keys for Amazon S3 Tables</a>).
 */
public record S3TablesKeys(Optional<String> namespace, Optional<String> table) implements Keys {
  public static S3TablesKeys namespace(String namespace) {
    return new S3TablesKeys(Optional.of(namespace), Optional.empty());
  }

  public static S3TablesKeys table(String namespace, String table) {
    return new S3TablesKeys(Optional.of(namespace), Optional.of(table));
  }

  @Override
  public List<String> values(String key) {
    return switch (key) {
      case "s3tables:namespace" -> namespace.stream().toList();
      case "s3tables:tablename" -> table.stream().toList();
      default -> List.of();
    };
  }

  /** Keys of the tags of a table bucket, and of a table that is to be created in it. */
  static Keys tagsOfBucket(Map<String, String> bucket) {
    return tagsOfTable(bucket, bucket);
  }

  /**
   * {@code aws:ResourceTag/…} and {@code s3tables:TableBucketTag/…}: on a table the one is about
   * the table, the other about its bucket (<a
   * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/table-tagging.html">AWS, Using tags
   * with S3 tables</a>).
   */
  public static Keys tagsOfTable(Map<String, String> table, Map<String, String> bucket) {
    return TagKeys.of(TagKeys.RESOURCE, table).or(tagsOfBucketAlone(bucket));
  }

  /** {@code s3tables:TableBucketTag/…} alone. */
  public static Keys tagsOfBucketAlone(Map<String, String> bucket) {
    return TagKeys.of("s3tables:tablebuckettag/", bucket);
  }
}
