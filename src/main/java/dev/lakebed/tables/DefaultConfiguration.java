package dev.lakebed.tables;

import dev.lakebed.http.Response;
import dev.lakebed.tables.rest.JsonAnswer;
import dev.lakebed.tables.rest.NamedBucket;
import dev.lakebed.tables.rest.NamedTable;
import dev.lakebed.tables.rest.RequestedConfiguration;
import dev.lakebed.tables.rest.TablesError;
import dev.lakebed.tables.rest.TablesException;
import jakarta.json.JsonObjectBuilder;
import java.util.List;

/**
 * Reads of configuration that cannot be changed here: encryption, storage class and maintenance of
 * table buckets and tables (<a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-tables-maintenance.html">AWS, S3
 * Tables maintenance</a>).
 */
final class DefaultConfiguration {
  private static final List<String> JOBS =
      List.of("icebergCompaction", "icebergSnapshotManagement", "icebergUnreferencedFileRemoval");

  private DefaultConfiguration() {}

  /** Nothing is encrypted at rest. Terraform asks after every change, and takes this for none. */
  static TablesException noEncryption(String what) {
    return TablesError.NOT_FOUND.because("The " + what + " has no encryption configuration.");
  }

  static Response storageClass() {
    return JsonAnswer.ok(
        JsonAnswer.object()
            .add(
                RequestedConfiguration.STORAGE,
                JsonAnswer.object()
                    .add(RequestedConfiguration.CLASS, RequestedConfiguration.STANDARD)));
  }

  static Response maintenance(NamedBucket bucket) {
    JsonObjectBuilder removal =
        enabled(
            "icebergUnreferencedFileRemoval",
            JsonAnswer.object().add("unreferencedDays", 3).add("nonCurrentDays", 10));
    return JsonAnswer.ok(
        JsonAnswer.object()
            .add("tableBucketARN", bucket.arn())
            .add(
                "configuration",
                JsonAnswer.object().add("icebergUnreferencedFileRemoval", removal)));
  }

  static Response maintenance(NamedTable table) {
    JsonObjectBuilder compaction =
        enabled(
            "icebergCompaction",
            JsonAnswer.object().add("targetFileSizeMB", 512).add("strategy", "auto"));
    JsonObjectBuilder snapshots =
        enabled(
            "icebergSnapshotManagement",
            JsonAnswer.object().add("minSnapshotsToKeep", 1).add("maxSnapshotAgeHours", 120));
    return JsonAnswer.ok(
        JsonAnswer.object()
            .add("tableARN", table.arn())
            .add(
                "configuration",
                JsonAnswer.object()
                    .add("icebergCompaction", compaction)
                    .add("icebergSnapshotManagement", snapshots)));
  }

  private static JsonObjectBuilder enabled(String type, JsonObjectBuilder settings) {
    return JsonAnswer.object()
        .add("status", "enabled")
        .add("settings", JsonAnswer.object().add(type, settings));
  }

  /** Never: there are no maintenance jobs yet. */
  static Response jobStatus(NamedTable table) {
    JsonObjectBuilder status = JsonAnswer.object();
    JOBS.forEach(job -> status.add(job, JsonAnswer.object().add("status", "Not_Yet_Run")));
    return JsonAnswer.ok(JsonAnswer.object().add("tableARN", table.arn()).add("status", status));
  }
}
