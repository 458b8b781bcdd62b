package dev.lakebed.tables.operation;

import dev.lakebed.http.Response;
import dev.lakebed.operation.Call;
import dev.lakebed.storage.metadata.tables.Namespaces;
import dev.lakebed.storage.metadata.tables.StoredNamespace;
import dev.lakebed.tables.rest.JsonAnswer;
import dev.lakebed.tables.rest.NamespaceName;
import dev.lakebed.tables.rest.TablesError;
import dev.lakebed.tables.rest.TablesRequest;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/** Creates a namespace. */
final class CreateNamespace {
  private final TablesLookup lookup;
  private final Namespaces namespaces;
  private final InstantSource clock;

  CreateNamespace(TablesLookup lookup, Namespaces namespaces, InstantSource clock) {
    this.lookup = lookup;
    this.namespaces = namespaces;
    this.clock = clock;
  }

  Call prepare(TablesRequest arguments) {
    NamedBucket bucket = lookup.bucket(arguments);
    List<String> levels = arguments.body().texts("namespace");
    if (levels.size() != 1) {
      throw TablesError.BAD_REQUEST.because("A namespace has exactly one level.");
    }
    NamespaceName name = new NamespaceName(levels.get(0));
    return PreparedCall.needing(
        arguments.operation(),
        bucket.permission(arguments.operation().action(), S3TablesKeys.namespace(name.value())),
        account -> create(account, bucket, name));
  }

  private Response create(String account, NamedBucket bucket, NamespaceName name) {
    namespaces.create(
        new StoredNamespace(
            UUID.randomUUID(), bucket.bucket().id(), name.value(), clock.instant(), account));
    return JsonAnswer.ok(
        JsonAnswer.object()
            .add("tableBucketARN", bucket.arn())
            .add("namespace", JsonAnswer.listOf(name.value()))
            .build());
  }
}
