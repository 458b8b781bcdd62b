package dev.lakebed.tables.operation;

import dev.lakebed.http.Response;
import dev.lakebed.operation.Call;
import dev.lakebed.storage.metadata.tables.CatalogException;
import dev.lakebed.storage.metadata.tables.CatalogException.Reason;
import dev.lakebed.storage.metadata.tables.Namespaces;
import dev.lakebed.storage.metadata.tables.StoredTable;
import dev.lakebed.storage.metadata.tables.Tables;
import dev.lakebed.tables.rest.JsonAnswer;
import dev.lakebed.tables.rest.TableArn;
import dev.lakebed.tables.rest.TableName;
import dev.lakebed.tables.rest.TablesRequest;
import dev.lakebed.tables.rest.VersionToken;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Optional;

/** GetTable, ListTables and DeleteTable. */
record TableOperations(
    TablesLookup lookup, Namespaces namespaces, Tables tables, TablePurge purge) {
  /** Shows a table, found by its ARN or its name. */
  Call get(TablesRequest request) {
    NamedTable table = lookup.tableEitherWay(request);
    return request.call(table.permission(request.action()), account -> shown(table));
  }

  private static Response shown(NamedTable named) {
    StoredTable table = named.table();
    JsonObjectBuilder body =
        view(named.bucket(), table)
            .add("versionToken", table.versionToken())
            .add("warehouseLocation", named.warehouse().toString())
            .add("createdBy", table.created().by())
            .add("modifiedBy", table.modified().by())
            .add("ownerAccountId", named.bucket().bucket().owner())
            .add("format", "ICEBERG");
    table.metadataLocation().ifPresent(location -> body.add("metadataLocation", location));
    return JsonAnswer.ok(body.build());
  }

  /** Those of a table bucket or of one namespace, in order of namespace, then name. */
  Call list(TablesRequest request) {
    NamedBucket bucket = lookup.bucket(request);
    Optional<String> namespace = request.optional("namespace").map(TableName::checkNamespace);
    PageRequest page = PageRequest.of(request, "maxTables");
    return request.call(
        bucket.permission(request.action(), new S3TablesKeys(namespace, Optional.empty())),
        account -> list(bucket, namespace, page));
  }

  private Response list(NamedBucket bucket, Optional<String> namespace, PageRequest page) {
    long id = bucket.bucket().id();
    if (namespace.isPresent() && namespace.flatMap(name -> namespaces.find(id, name)).isEmpty()) {
      throw new CatalogException(Reason.NO_SUCH_NAMESPACE);
    }
    List<StoredTable> fetched = tables.list(query(id, namespace, page));
    JsonArrayBuilder list = JsonAnswer.array();
    page.page(fetched).forEach(table -> list.add(view(bucket, table)));
    JsonObjectBuilder body = JsonAnswer.object().add("tables", list);
    page.mark(body, fetched, table -> table.namespace().name() + '.' + table.name());
    return JsonAnswer.ok(body.build());
  }

  private static Tables.ListQuery query(long bucket, Optional<String> namespace, PageRequest page) {
    String after = page.after();
    int dot = after.indexOf('.');
    String afterNamespace = after.substring(0, Math.max(dot, 0));
    boolean foreign = namespace.isPresent() && !namespace.get().equals(afterNamespace);
    if (!after.isEmpty() && (dot < 1 || foreign)) {
      throw PageRequest.invalidToken();
    }
    return new Tables.ListQuery(
        bucket, namespace, page.prefix(), afterNamespace, after.substring(dot + 1), page.fetch());
  }

  /** Drops a table and removes its files. */
  Call delete(TablesRequest request) {
    NamedTable table = lookup.table(request);
    Optional<String> expected =
        request.optional("versionToken").map(token -> new VersionToken(token).value());
    return request.call(table.permission(request.action()), account -> delete(table, expected));
  }

  private Response delete(NamedTable table, Optional<String> expected) {
    purge.begin(tables.drop(table.table().id(), expected));
    return JsonAnswer.done();
  }

  private static JsonObjectBuilder view(NamedBucket bucket, StoredTable table) {
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
