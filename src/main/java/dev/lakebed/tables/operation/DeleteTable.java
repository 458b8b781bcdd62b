package dev.lakebed.tables.operation;

import dev.lakebed.http.Response;
import dev.lakebed.operation.Call;
import dev.lakebed.storage.metadata.tables.Tables;
import dev.lakebed.tables.access.Lookup;
import dev.lakebed.tables.access.NamedTable;
import dev.lakebed.tables.json.JsonAnswer;
import dev.lakebed.tables.name.VersionToken;
import dev.lakebed.tables.route.Arguments;
import dev.lakebed.tables.storage.TablePurge;
import java.util.Optional;

/** Drops a table and removes its files. */
final class DeleteTable {
  private final Lookup lookup;
  private final Tables tables;
  private final TablePurge purge;

  DeleteTable(Lookup lookup, Tables tables, TablePurge purge) {
    this.lookup = lookup;
    this.tables = tables;
    this.purge = purge;
  }

  Call prepare(Arguments arguments) {
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
