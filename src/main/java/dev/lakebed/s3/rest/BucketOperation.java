package dev.lakebed.s3.rest;

import dev.lakebed.auth.Caller;
import dev.lakebed.http.Response;
import dev.lakebed.operation.Call;
import dev.lakebed.operation.Operation;
import dev.lakebed.storage.metadata.bucket.Bucket;
import java.io.IOException;
import java.util.List;

/**
 * An operation that takes nothing but the bucket and the body, and needs one right on the bucket.
 * {@code action} is what allows it, for example {@code s3:GetBucketPolicy}.
 */
public record BucketOperation(BucketLookup lookup, String action, Work work)
    implements Operation.Binding<S3Request> {
  @FunctionalInterface
  public interface Work {
    Response run(S3Request request, Bucket bucket, Caller caller) throws IOException;
  }

  @Override
  public Call bind(String name, S3Request request) {
    Bucket bucket = lookup.require(request);
    return Call.needing(
        name,
        List.of(new S3Access(bucket, request).onBucket(action)),
        caller -> work.run(request, bucket, caller));
  }
}
