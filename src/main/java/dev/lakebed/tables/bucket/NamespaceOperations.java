package dev.lakebed.tables.bucket;

import dev.lakebed.http.Response;
import dev.lakebed.operation.Call;
import dev.lakebed.storage.metadata.tables.Namespaces;
import dev.lakebed.storage.metadata.tables.StoredTable.StoredNamespace;
import dev.lakebed.tables.rest.JsonAnswer;
import dev.lakebed.tables.rest.NamedBucket;
import dev.lakebed.tables.rest.NamedBucket.NamedNamespace;
import dev.lakebed.tables.rest.PageRequest;
import dev.lakebed.tables.rest.S3TablesKeys;
import dev.lakebed.tables.rest.TableName;
import dev.lakebed.tables.rest.TablesError;
import dev.lakebed.tables.rest.TablesLookup;
import dev.lakebed.tables.rest.TablesRequest;
import jakarta.json.JsonObjectBuilder;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/** CreateNamespace, GetNamespace, ListNamespaces and DeleteNamespace. */
public record NamespaceOperations(TablesLookup lookup, Namespaces namespaces, InstantSource clock) {
  public Call create(TablesRequest request) {
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
            .add("namespace", JsonAnswer.listOf(name)));
  }

  public Call get(TablesRequest request) {
    NamedNamespace named = lookup.namespace(request);
    return request.call(
        named.permission(request.action()),
        account -> JsonAnswer.ok(view(named.bucket(), named.find(namespaces))));
  }

  public Call list(TablesRequest request) {
    NamedBucket bucket = lookup.bucket(request);
    PageRequest page = PageRequest.of(request, "maxNamespaces");
    return bucket.call(request, found -> list(found, page));
  }

  private Response list(NamedBucket bucket, PageRequest page) {
    return page.answer(
        "namespaces",
        namespaces.list(bucket.bucket().id(), page.prefix(), page.after(), page.fetch()),
        namespace -> view(bucket, namespace),
        StoredNamespace::name);
  }

  /** One that holds no table. */
  public Call delete(TablesRequest request) {
    NamedNamespace named = lookup.namespace(request);
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
}
