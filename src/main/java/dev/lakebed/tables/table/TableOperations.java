package dev.lakebed.tables.table;

import dev.lakebed.http.Response;
import dev.lakebed.operation.Call;
import dev.lakebed.storage.metadata.tables.CatalogException;
import dev.lakebed.storage.metadata.tables.CatalogException.Reason;
import dev.lakebed.storage.metadata.tables.Namespaces;
import dev.lakebed.storage.metadata.tables.StoredTable;
import dev.lakebed.storage.metadata.tables.Tables;
import dev.lakebed.tables.rest.JsonAnswer;
import dev.lakebed.tables.rest.JsonMembers;
import dev.lakebed.tables.rest.NamedBucket;
import dev.lakebed.tables.rest.NamedTable;
import dev.lakebed.tables.rest.PageRequest;
import dev.lakebed.tables.rest.S3TablesKeys;
import dev.lakebed.tables.rest.TableBucketArn.TableArn;
import dev.lakebed.tables.rest.TableName;
import dev.lakebed.tables.rest.TablesError;
import dev.lakebed.tables.rest.TablesLookup;
import dev.lakebed.tables.rest.TablesRequest;
import dev.lakebed.tables.table.TableMetadataOperations.VersionToken;
import jakarta.json.JsonObjectBuilder;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** GetTable, ListTables, RenameTable and DeleteTable. */
public record TableOperations(
    TablesLookup lookup,
    Namespaces namespaces,
    Tables tables,
    TablePurge purge,
    InstantSource clock) {
  public Call get(TablesRequest request) {
    return lookup.tableEitherWay(request).call(request, TableOperations::shown);
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
    return JsonAnswer.ok(body);
  }

  /** Those of a table bucket or of one namespace, in order of namespace, then name. */
  public Call list(TablesRequest request) {
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
    return page.answer(
        "tables",
        tables.list(query(id, namespace, page)),
        table -> view(bucket, table),
        table -> table.namespace().name() + '.' + table.name());
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

  /**
   * Gives a table another name or namespace. Its ARN and files stay. Whoever moves a table to
   * another namespace needs the permission there too, so that a grant for one namespace does not
   * reach out of it.
   */
  public Call rename(TablesRequest request) {
    NamedTable table = lookup.table(request);
    String oldName = request.required("name");
    JsonMembers body = request.body();
    String namespace =
        body.optionalText("newNamespaceName")
            .map(TableName::checkNamespace)
            .orElse(request.required("namespace"));
    String name = body.optionalText("newName").map(TableName::check).orElse(oldName);
    if (!body.has("newNamespaceName") && !body.has("newName")) {
      throw TablesError.BAD_REQUEST.because("Give newName, newNamespaceName or both.");
    }
    Optional<String> expected = body.optionalText("versionToken").map(VersionToken::check);
    return request.call(
        List.of(
            table.permission(request.action()),
            table.permission(request.action(), S3TablesKeys.table(namespace, oldName))),
        account -> rename(account, table, expected, namespace, name));
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
            VersionToken.random(),
            new StoredTable.Change(clock.instant(), account)));
    return JsonAnswer.done();
  }

  public Call delete(TablesRequest request) {
    Optional<String> expected = request.optional("versionToken").map(VersionToken::check);
    return lookup
        .table(request)
        .call(
            request,
            table -> {
              purge.begin(tables.drop(table.table().id(), expected));
              return JsonAnswer.done();
            });
  }
}
