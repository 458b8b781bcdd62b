package dev.lakebed.tables.operation;

import dev.lakebed.http.Response;
import dev.lakebed.operation.Call;
import dev.lakebed.storage.metadata.tables.Tables;
import dev.lakebed.tables.rest.JsonAnswer;
import dev.lakebed.tables.rest.TablesRequest;
import dev.lakebed.tables.rest.VersionToken;
import java.util.Optional;

/** Drops a table and removes its files. */
final class DeleteTable {
  private final TablesLookup lookup;
  private final Tables tables;
  private final TablePurge purge;

  DeleteTable(TablesLookup lookup, Tables tables, TablePurge purge) {
    this.lookup = lookup;
    this.tables = tables;
    this.purge = purge;
  }

  Call prepare(TablesRequest arguments) {
    NamedTable table = lookup.table(arguments);
    Optional<String> expected =
        arguments.optional("versionToken").map(token -> new VersionToken(token).value());
    return PreparedCall.needing(
        arguments.operation(),
        table.permission(arguments.operation().action()),
        account -> delete(table, expected));
  }

  private Response delete(NamedTable table, Optional<String> expected) {
    purge.begin(tables.drop(table.table().id(), expected));
    return JsonAnswer.done();
  }
}
