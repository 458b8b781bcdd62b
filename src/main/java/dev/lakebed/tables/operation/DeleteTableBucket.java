package dev.lakebed.tables.operation;

import dev.lakebed.http.Response;
import dev.lakebed.operation.Call;
import dev.lakebed.policy.Keys;
import dev.lakebed.storage.metadata.Buckets;
import dev.lakebed.storage.metadata.NoSuchBucketException;
import dev.lakebed.tables.access.Lookup;
import dev.lakebed.tables.access.NamedBucket;
import dev.lakebed.tables.json.JsonAnswer;
import dev.lakebed.tables.route.Arguments;

/** Deletes a table bucket that holds no namespace and no object. */
final class DeleteTableBucket {
  private final Lookup lookup;
  private final Buckets buckets;

  DeleteTableBucket(Lookup lookup, Buckets buckets) {
    this.lookup = lookup;
    this.buckets = buckets;
  }

  Call prepare(Arguments arguments) {
    NamedBucket bucket = lookup.bucket(arguments);
    return PreparedCall.needing(
        arguments.operation(),
        bucket.permission(arguments.operation().action(), Keys.NONE),
        account -> delete(bucket));
  }

  private Response delete(NamedBucket bucket) {
    if (!buckets.delete(bucket.bucket())) {
      throw new NoSuchBucketException();
    }
    return JsonAnswer.done();
  }
}
