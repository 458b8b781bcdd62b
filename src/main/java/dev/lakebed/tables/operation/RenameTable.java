package dev.lakebed.tables.operation;

import dev.lakebed.auth.Permission;
import dev.lakebed.http.Response;
import dev.lakebed.operation.Call;
import dev.lakebed.storage.metadata.tables.CatalogException;
import dev.lakebed.storage.metadata.tables.CatalogException.Reason;
import dev.lakebed.storage.metadata.tables.StoredTable;
import dev.lakebed.storage.metadata.tables.Tables;
import dev.lakebed.tables.rest.JsonAnswer;
import dev.lakebed.tables.rest.JsonMembers;
import dev.lakebed.tables.rest.TableName;
import dev.lakebed.tables.rest.TablesError;
import dev.lakebed.tables.rest.TablesRequest;
import dev.lakebed.tables.rest.VersionToken;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Gives a table another name or namespace. Its ARN and files stay. Whoever moves a table to another
 * namespace needs the permission there too, so that a grant for one namespace does not reach out of
 * it.
 */
record RenameTable(TablesLookup lookup, Tables tables, InstantSource clock) {
  Call prepare(TablesRequest request) {
    NamedTable table = lookup.table(request);
    String oldNamespace = request.required("namespace");
    String oldName = request.required("name");
    JsonMembers body = request.body();
    String namespace =
        body.optionalText("newNamespaceName").map(TableName::checkNamespace).orElse(oldNamespace);
    String name = body.optionalText("newName").map(TableName::check).orElse(oldName);
    if (!body.has("newNamespaceName") && !body.has("newName")) {
      throw TablesError.BAD_REQUEST.because("Give newName, newNamespaceName or both.");
    }
    Optional<String> expected =
        body.optionalText("versionToken").map(token -> new VersionToken(token).value());
    return request.call(
        permissions(table, request.action(), namespace, oldName),
        account -> rename(account, table, expected, namespace, name));
  }

  private static List<Permission> permissions(
      NamedTable table, String action, String namespace, String name) {
    return List.of(
        table.permission(action), table.permission(action, S3TablesKeys.table(namespace, name)));
  }

  private Response rename(
      String account, NamedTable named, Optional<String> expected, String namespace, String name) {
    StoredTable table = named.table();
    if (table.namespace().name().equals(namespace) && table.name().equals(name)) {
      throw new CatalogException(Reason.TABLE_EXISTS);
    }
    tables.rename(
        table.id(),
        expected,
        new Tables.Rename(
            namespace,
            name,
            VersionToken.random().value(),
            new StoredTable.Change(clock.instant(), account)));
    return JsonAnswer.done();
  }
}
