package dev.lakebed.tables.operation;

import dev.lakebed.http.Response;
import dev.lakebed.operation.Call;
import dev.lakebed.storage.metadata.tables.StoredTable;
import dev.lakebed.tables.rest.JsonAnswer;
import dev.lakebed.tables.rest.TablesRequest;
import jakarta.json.JsonObjectBuilder;

/** Shows a table, found by its ARN or its name. */
final class GetTable {
  private final TablesLookup lookup;

  GetTable(TablesLookup lookup) {
    this.lookup = lookup;
  }

  Call prepare(TablesRequest arguments) {
    NamedTable table = lookup.tableEitherWay(arguments);
    return PreparedCall.needing(
        arguments.operation(),
        table.permission(arguments.operation().action()),
        account -> show(table));
  }

  private static Response show(NamedTable named) {
    StoredTable table = named.table();
    JsonObjectBuilder body =
        TableView.of(named.bucket(), table)
            .add("versionToken", table.versionToken())
            .add("warehouseLocation", named.warehouse().toString())
            .add("createdBy", table.created().by())
            .add("modifiedBy", table.modified().by())
            .add("ownerAccountId", named.bucket().bucket().owner())
            .add("format", "ICEBERG");
    table.metadataLocation().ifPresent(location -> body.add("metadataLocation", location));
    return JsonAnswer.ok(body.build());
  }
}
