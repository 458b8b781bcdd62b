package dev.lakebed.tables.operation;

import dev.lakebed.http.Response;
import dev.lakebed.operation.Call;
import dev.lakebed.tables.rest.JsonAnswer;
import dev.lakebed.tables.rest.TablesRequest;
import jakarta.json.JsonObjectBuilder;
import java.util.function.UnaryOperator;

/**
 * Shows the maintenance settings. They cannot be changed yet, so they are AWS's defaults (<a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-tables-maintenance.html">AWS, S3
 * Tables maintenance</a>).
 */
final class GetMaintenanceConfiguration {
  private final TablesLookup lookup;

  GetMaintenanceConfiguration(TablesLookup lookup) {
    this.lookup = lookup;
  }

  Call ofBucket(TablesRequest arguments) {
    NamedBucket bucket = lookup.bucket(arguments);
    return PreparedCall.on(
        arguments,
        bucket,
        UnaryOperator.identity(),
        () -> show("tableBucketARN", bucket.arn(), bucketDefaults()));
  }

  Call ofTable(TablesRequest arguments) {
    NamedTable table = lookup.table(arguments);
    return PreparedCall.on(
        arguments,
        table,
        UnaryOperator.identity(),
        () -> show("tableARN", table.arn(), tableDefaults()));
  }

  private static Response show(String member, String arn, JsonObjectBuilder configuration) {
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
}
