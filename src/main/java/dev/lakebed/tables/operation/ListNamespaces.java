package dev.lakebed.tables.operation;

import dev.lakebed.http.Response;
import dev.lakebed.operation.Call;
import dev.lakebed.policy.Keys;
import dev.lakebed.storage.metadata.tables.Namespaces;
import dev.lakebed.storage.metadata.tables.StoredNamespace;
import dev.lakebed.tables.rest.JsonAnswer;
import dev.lakebed.tables.rest.TablesRequest;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.List;

/** Lists the namespaces of a table bucket. */
final class ListNamespaces {
  private final TablesLookup lookup;
  private final Namespaces namespaces;

  ListNamespaces(TablesLookup lookup, Namespaces namespaces) {
    this.lookup = lookup;
    this.namespaces = namespaces;
  }

  Call prepare(TablesRequest arguments) {
    NamedBucket bucket = lookup.bucket(arguments);
    PageRequest page = PageRequest.of(arguments, "maxNamespaces");
    return PreparedCall.needing(
        arguments.operation(),
        bucket.permission(arguments.operation().action(), Keys.NONE),
        account -> list(bucket, page));
  }

  private Response list(NamedBucket bucket, PageRequest page) {
    List<StoredNamespace> fetched =
        namespaces.list(bucket.bucket().id(), page.prefix(), page.after(), page.fetch());
    JsonArrayBuilder list = JsonAnswer.array();
    page.page(fetched).forEach(namespace -> list.add(NamespaceView.of(bucket, namespace)));
    JsonObjectBuilder body = JsonAnswer.object().add("namespaces", list);
    page.mark(body, fetched, StoredNamespace::name);
    return JsonAnswer.ok(body.build());
  }
}
