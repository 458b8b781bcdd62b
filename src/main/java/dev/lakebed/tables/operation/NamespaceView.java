package dev.lakebed.tables.operation;

import dev.lakebed.storage.metadata.tables.StoredNamespace;
import dev.lakebed.tables.rest.JsonAnswer;
import jakarta.json.JsonObjectBuilder;

/** A namespace as answers show it. */
final class NamespaceView {
  private NamespaceView() {}

  static JsonObjectBuilder of(NamedBucket bucket, StoredNamespace namespace) {
    return JsonAnswer.object()
        .add("namespace", JsonAnswer.listOf(namespace.name()))
        .add("createdAt", JsonAnswer.time(namespace.createdAt()))
        .add("createdBy", namespace.createdBy())
        .add("ownerAccountId", bucket.bucket().owner())
        .add("namespaceId", namespace.id().toString())
        .add("tableBucketId", bucket.id().toString());
  }
}
