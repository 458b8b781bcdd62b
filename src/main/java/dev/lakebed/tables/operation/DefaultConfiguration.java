package dev.lakebed.tables.operation;

import dev.lakebed.http.Response;
import dev.lakebed.operation.Call;
import dev.lakebed.tables.rest.JsonAnswer;
import dev.lakebed.tables.rest.TablesError;
import dev.lakebed.tables.rest.TablesRequest;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Reads of configuration that cannot be changed here: encryption, storage class and maintenance of
 * table buckets and tables (<a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-tables-maintenance.html">AWS, S3
 * Tables maintenance</a>).
 */
record DefaultConfiguration(TablesLookup lookup) {
  private static final List<String> JOBS =
      List.of("icebergCompaction", "icebergSnapshotManagement", "icebergUnreferencedFileRemoval");

  Call encryptionOfBucket(TablesRequest request) {
    return ofBucket(request, bucket -> noEncryption("table bucket"));
  }

  Call encryptionOfTable(TablesRequest request) {
    return ofTable(request, table -> noEncryption("table"));
  }

  Call storageClassOfBucket(TablesRequest request) {
    return ofBucket(request, bucket -> storageClass());
  }

  Call storageClassOfTable(TablesRequest request) {
    return ofTable(request, table -> storageClass());
  }

  Call maintenanceOfBucket(TablesRequest request) {
    return ofBucket(
        request, bucket -> maintenance("tableBucketARN", bucket.arn(), bucketDefaults()));
  }

  Call maintenanceOfTable(TablesRequest request) {
    return ofTable(request, table -> maintenance("tableARN", table.arn(), tableDefaults()));
  }

  /** Never: there are no maintenance jobs yet. */
  Call maintenanceJobStatus(TablesRequest request) {
    return ofTable(
        request,
        table ->
            JsonAnswer.ok(
                JsonAnswer.object()
                    .add("tableARN", table.arn())
                    .add("status", neverRun())
                    .build()));
  }

  private Call ofBucket(TablesRequest request, Function<NamedBucket, Response> show) {
    NamedBucket bucket = lookup.bucket(request);
    return bucket.call(request, UnaryOperator.identity(), () -> show.apply(bucket));
  }

  private Call ofTable(TablesRequest request, Function<NamedTable, Response> show) {
    NamedTable table = lookup.table(request);
    return table.call(request, UnaryOperator.identity(), () -> show.apply(table));
  }

  /** Nothing is encrypted at rest. Terraform asks after every change, and takes this for none. */
  private static Response noEncryption(String what) {
    throw TablesError.NOT_FOUND.because("The " + what + " has no encryption configuration.");
  }

  private static Response storageClass() {
    return JsonAnswer.ok(
        JsonAnswer.object()
            .add(
                RequestedConfiguration.STORAGE,
                JsonAnswer.object()
                    .add(RequestedConfiguration.CLASS, RequestedConfiguration.STANDARD))
            .build());
  }

  private static Response maintenance(String member, String arn, JsonObjectBuilder configuration) {
    return JsonAnswer.ok(
        JsonAnswer.object().add(member, arn).add("configuration", configuration).build());
  }

  private static JsonObjectBuilder bucketDefaults() {
    return enabled(
        JsonAnswer.object(),
        "icebergUnreferencedFileRemoval",
        JsonAnswer.object().add("unreferencedDays", 3).add("nonCurrentDays", 10));
  }

  private static JsonObjectBuilder tableDefaults() {
    JsonObjectBuilder defaults =
        enabled(
            JsonAnswer.object(),
            "icebergCompaction",
            JsonAnswer.object().add("targetFileSizeMB", 512).add("strategy", "auto"));
    return enabled(
        defaults,
        "icebergSnapshotManagement",
        JsonAnswer.object().add("minSnapshotsToKeep", 1).add("maxSnapshotAgeHours", 120));
  }

  private static JsonObjectBuilder enabled(
      JsonObjectBuilder all, String type, JsonObjectBuilder settings) {
    return all.add(
        type,
        JsonAnswer.object()
            .add("status", "enabled")
            .add("settings", JsonAnswer.object().add(type, settings)));
  }

  private static JsonObjectBuilder neverRun() {
    JsonObjectBuilder status = JsonAnswer.object();
    JOBS.forEach(job -> status.add(job, JsonAnswer.object().add("status", "Not_Yet_Run")));
    return status;
  }
}
