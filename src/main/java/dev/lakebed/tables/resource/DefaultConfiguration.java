package dev.lakebed.tables.resource;

import dev.lakebed.http.Response;
import dev.lakebed.tables.rest.JsonAnswer;
import dev.lakebed.tables.rest.NamedBucket;
import dev.lakebed.tables.rest.NamedTable;
import dev.lakebed.tables.rest.TablesError;
import dev.lakebed.tables.rest.TablesError.TablesException;

/**
 * Reads of configuration that cannot be changed here: encryption, storage class and maintenance of
 * table buckets and tables (<a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-tables-maintenance.html">AWS, S3
 * Tables maintenance</a>).
 */
public final class DefaultConfiguration {
  private static final String OF_BUCKET =
      """
      {"tableBucketARN":"%s","configuration":{"icebergUnreferencedFileRemoval":{"status":"enabled",\
      "settings":{"icebergUnreferencedFileRemoval":{"unreferencedDays":3,"nonCurrentDays":10}}}}}\
      """;
  private static final String OF_TABLE =
      """
      {"tableARN":"%s","configuration":{"icebergCompaction":{"status":"enabled",\
      "settings":{"icebergCompaction":{"targetFileSizeMB":512,"strategy":"auto"}}},\
      "icebergSnapshotManagement":{"status":"enabled","settings":{"icebergSnapshotManagement":\
      {"minSnapshotsToKeep":1,"maxSnapshotAgeHours":120}}}}}\
      """;

  /** There are no maintenance jobs yet. */
  private static final String JOBS =
      """
      {"tableARN":"%s","status":{"icebergCompaction":{"status":"Not_Yet_Run"},\
      "icebergSnapshotManagement":{"status":"Not_Yet_Run"},\
      "icebergUnreferencedFileRemoval":{"status":"Not_Yet_Run"}}}\
      """;

  private DefaultConfiguration() {}

  /** Nothing is encrypted at rest. Terraform asks after every change, and takes this for none. */
  public static TablesException noEncryption(String what) {
    return TablesError.NOT_FOUND.because("The " + what + " has no encryption configuration.");
  }

  public static Response storageClass() {
    return JsonAnswer.ok("{\"storageClassConfiguration\":{\"storageClass\":\"STANDARD\"}}");
  }

  public static Response maintenance(NamedBucket bucket) {
    return JsonAnswer.ok(OF_BUCKET.formatted(bucket.arn()));
  }

  public static Response maintenance(NamedTable table) {
    return JsonAnswer.ok(OF_TABLE.formatted(table.arn()));
  }

  public static Response jobStatus(NamedTable table) {
    return JsonAnswer.ok(JOBS.formatted(table.arn()));
  }
}
