package dev.lakebed.tables.operation;

import dev.lakebed.http.Response;
import dev.lakebed.operation.Call;
import dev.lakebed.storage.metadata.tables.CatalogException;
import dev.lakebed.storage.metadata.tables.CatalogException.Reason;
import dev.lakebed.storage.metadata.tables.Namespaces;
import dev.lakebed.storage.metadata.tables.StoredTable;
import dev.lakebed.storage.metadata.tables.Tables;
import dev.lakebed.tables.rest.JsonAnswer;
import dev.lakebed.tables.rest.NamespaceName;
import dev.lakebed.tables.rest.TablesRequest;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Optional;

/** Lists the tables of a table bucket or of one namespace, in order of namespace, then name. */
final class ListTables {
  private final TablesLookup lookup;
  private final Namespaces namespaces;
  private final Tables tables;

  ListTables(TablesLookup lookup, Namespaces namespaces, Tables tables) {
    this.lookup = lookup;
    this.namespaces = namespaces;
    this.tables = tables;
  }

  Call prepare(TablesRequest arguments) {
    NamedBucket bucket = lookup.bucket(arguments);
    Optional<String> namespace =
        arguments.optional("namespace").map(name -> new NamespaceName(name).value());
    PageRequest page = PageRequest.of(arguments, "maxTables");
    return PreparedCall.needing(
        arguments.operation(),
        bucket.permission(
            arguments.operation().action(), new S3TablesKeys(namespace, Optional.empty())),
        account -> list(bucket, namespace, page));
  }

  private Response list(NamedBucket bucket, Optional<String> namespace, PageRequest page) {
    long id = bucket.bucket().id();
    if (namespace.isPresent() && namespace.flatMap(name -> namespaces.find(id, name)).isEmpty()) {
      throw new CatalogException(Reason.NO_SUCH_NAMESPACE);
    }
    List<StoredTable> fetched = tables.list(query(id, namespace, page));
    JsonArrayBuilder list = JsonAnswer.array();
    page.page(fetched).forEach(table -> list.add(TableView.of(bucket, table)));
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
}
