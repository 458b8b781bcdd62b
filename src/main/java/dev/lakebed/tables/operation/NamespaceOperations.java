package dev.lakebed.tables.operation;

import dev.lakebed.auth.Permission;
import dev.lakebed.http.Response;
import dev.lakebed.operation.Call;
import dev.lakebed.policy.Keys;
import dev.lakebed.storage.metadata.tables.CatalogException;
import dev.lakebed.storage.metadata.tables.CatalogException.Reason;
import dev.lakebed.storage.metadata.tables.Namespaces;
import dev.lakebed.storage.metadata.tables.StoredTable.StoredNamespace;
import dev.lakebed.tables.rest.JsonAnswer;
import dev.lakebed.tables.rest.TableName;
import dev.lakebed.tables.rest.TablesError;
import dev.lakebed.tables.rest.TablesRequest;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/** CreateNamespace, GetNamespace, ListNamespaces and DeleteNamespace. */
record NamespaceOperations(TablesLookup lookup, Namespaces namespaces, InstantSource clock) {
  Call create(TablesRequest request) {
    NamedBucket bucket = lookup.bucket(request);
    List<String> levels = request.body().texts("namespace");
    if (levels.size() != 1) {
      throw TablesError.BAD_REQUEST.because("A namespace has exactly one level.");
    }
    String name = TableName.checkNamespace(levels.get(0));
    return request.call(
        bucket.permission(request.action(), S3TablesKeys.namespace(name)),
        account -> create(account, bucket, name));
  }

  private Response create(String account, NamedBucket bucket, String name) {
    namespaces.create(
        new StoredNamespace(
            UUID.randomUUID(), bucket.bucket().id(), name, clock.instant(), account));
    return JsonAnswer.ok(
        JsonAnswer.object()
            .add("tableBucketARN", bucket.arn())
            .add("namespace", JsonAnswer.listOf(name))
            .build());
  }

  Call get(TablesRequest request) {
    NamedNamespace named = NamedNamespace.of(lookup, request);
    return request.call(
        named.permission(request.action()),
        account -> JsonAnswer.ok(view(named.bucket(), named.find(namespaces)).build()));
  }

  Call list(TablesRequest request) {
    NamedBucket bucket = lookup.bucket(request);
    PageRequest page = PageRequest.of(request, "maxNamespaces");
    return request.call(
        bucket.permission(request.action(), Keys.NONE), account -> list(bucket, page));
  }

  private Response list(NamedBucket bucket, PageRequest page) {
    List<StoredNamespace> fetched =
        namespaces.list(bucket.bucket().id(), page.prefix(), page.after(), page.fetch());
    JsonArrayBuilder list = JsonAnswer.array();
    page.page(fetched).forEach(namespace -> list.add(view(bucket, namespace)));
    JsonObjectBuilder body = JsonAnswer.object().add("namespaces", list);
    page.mark(body, fetched, StoredNamespace::name);
    return JsonAnswer.ok(body.build());
  }

  /** One that holds no table. */
  Call delete(TablesRequest request) {
    NamedNamespace named = NamedNamespace.of(lookup, request);
    return request.call(
        named.permission(request.action()),
        account -> {
          namespaces.delete(named.find(namespaces));
          return JsonAnswer.done();
        });
  }

  private static JsonObjectBuilder view(NamedBucket bucket, StoredNamespace namespace) {
    return JsonAnswer.object()
        .add("namespace", JsonAnswer.listOf(namespace.name()))
        .add("createdAt", JsonAnswer.time(namespace.createdAt()))
        .add("createdBy", namespace.createdBy())
        .add("ownerAccountId", bucket.bucket().owner())
        .add("namespaceId", namespace.id().toString())
        .add("tableBucketId", bucket.id().toString());
  }

  /** The namespace a request names; looked up only after permission was asked. */
  record NamedNamespace(NamedBucket bucket, String name) {
    static NamedNamespace of(TablesLookup lookup, TablesRequest request) {
      return new NamedNamespace(lookup.bucket(request), lookup.namespace(request));
    }

    Permission permission(String action) {
      return bucket.permission(action, S3TablesKeys.namespace(name));
    }

    StoredNamespace find(Namespaces namespaces) {
      return namespaces
          .find(bucket.bucket().id(), name)
          .orElseThrow(() -> new CatalogException(Reason.NO_SUCH_NAMESPACE));
    }
  }
}
