package dev.lakebed.tables.operation;

import dev.lakebed.http.Response;
import dev.lakebed.operation.Call;
import dev.lakebed.storage.metadata.tables.StoredTable;
import dev.lakebed.tables.rest.JsonAnswer;
import dev.lakebed.tables.rest.TablesRequest;
import jakarta.json.JsonObjectBuilder;

/** Shows the current metadata file with the version token that a commit must show. */
final class GetTableMetadataLocation {
  private final TablesLookup lookup;

  GetTableMetadataLocation(TablesLookup lookup) {
    this.lookup = lookup;
  }

  Call prepare(TablesRequest arguments) {
    NamedTable table = lookup.table(arguments);
    return PreparedCall.needing(
        arguments.operation(),
        table.permission(arguments.operation().action()),
        account -> show(table));
  }

  private static Response show(NamedTable named) {
    StoredTable table = named.table();
    JsonObjectBuilder body =
        JsonAnswer.object()
            .add("versionToken", table.versionToken())
            .add("warehouseLocation", named.warehouse().toString());
    table.metadataLocation().ifPresent(location -> body.add("metadataLocation", location));
    return JsonAnswer.ok(body.build());
  }
}
