package dev.lakebed.tables.rest;

/**
 * Where a table's files lie: {@code s3://BUCKET/PREFIX} without trailing slash.
 *
 * @param bucket name of the table bucket
 * @param prefix key prefix without trailing slash
 */
public record WarehouseLocation(String bucket, String prefix) {
  /** Whether the file lies in this location, not merely in one whose name begins alike. */
  public boolean contains(MetadataLocation file) {
    return file.bucket().equals(bucket) && file.key().startsWith(prefix + '/');
  }

  /** The URI. */
  @Override
  public String toString() {
    return "s3://" + bucket + '/' + prefix;
  }
}
