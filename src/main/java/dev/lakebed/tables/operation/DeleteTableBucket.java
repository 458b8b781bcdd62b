package dev.lakebed.tables.operation;

import dev.lakebed.http.Response;
import dev.lakebed.operation.Call;
import dev.lakebed.policy.Keys;
import dev.lakebed.storage.metadata.Buckets;
import dev.lakebed.storage.metadata.NoSuchBucketException;
import dev.lakebed.tables.rest.JsonAnswer;
import dev.lakebed.tables.rest.TablesRequest;

/** Deletes a table bucket that holds no namespace and no object. */
final class DeleteTableBucket {
  private final TablesLookup lookup;
  private final Buckets buckets;

  DeleteTableBucket(TablesLookup lookup, Buckets buckets) {
    this.lookup = lookup;
    this.buckets = buckets;
  }

  Call prepare(TablesRequest arguments) {
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
