package dev.lakebed.tables.operation;

import dev.lakebed.storage.metadata.tables.StoredTable;
import dev.lakebed.tables.rest.JsonAnswer;
import dev.lakebed.tables.rest.TableArn;
import jakarta.json.JsonObjectBuilder;

/** What every answer about a table shows. */
final class TableView {
  private TableView() {}

  static JsonObjectBuilder of(NamedBucket bucket, StoredTable table) {
    return JsonAnswer.object()
        .add("name", table.name())
        .add("type", "customer")
        .add("tableARN", new TableArn(bucket.named(), table.id()).in(bucket.region()))
        .add("namespace", JsonAnswer.listOf(table.namespace().name()))
        .add("namespaceId", table.namespace().id().toString())
        .add("tableBucketId", bucket.id().toString())
        .add("createdAt", JsonAnswer.time(table.created().at()))
        .add("modifiedAt", JsonAnswer.time(table.modified().at()));
  }
}
