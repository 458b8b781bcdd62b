package dev.lakebed.tables.operation;

import dev.lakebed.storage.metadata.Bucket;
import dev.lakebed.tables.rest.JsonAnswer;
import jakarta.json.JsonObjectBuilder;

/** A table bucket as answers show it. */
final class BucketView {
  private BucketView() {}

  static JsonObjectBuilder of(NamedBucket named) {
    Bucket bucket = named.bucket();
    return JsonAnswer.object()
        .add("arn", named.arn())
        .add("name", bucket.name())
        .add("ownerAccountId", bucket.owner())
        .add("createdAt", JsonAnswer.time(bucket.createdAt()))
        .add("tableBucketId", named.id().toString())
        .add("type", "customer");
  }
}
