package dev.lakebed.s3.operation;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Permission;
import dev.lakebed.http.Response;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.storage.metadata.bucket.Bucket;
import java.io.IOException;
import java.util.List;

/**
 * An operation that takes nothing but the bucket and the body, and needs one right on the bucket.
 * {@code action} is what allows it, for example {@code s3:GetBucketPolicy}.
 */
public record BucketOperation(BucketLookup lookup, String action, Work work)
    implements S3Operation<Bucket> {
  @FunctionalInterface
  public interface Work {
    Response run(S3Request request, Bucket bucket, Caller caller) throws IOException;
  }

  @Override
  public Bucket parse(S3Request request) {
    return lookup.require(request);
  }

  @Override
  public List<Permission> permissions(S3Request request, Bucket bucket, Caller caller) {
    return List.of(new S3Access(bucket, request).onBucket(action));
  }

  @Override
  public Response execute(S3Request request, Bucket bucket, Caller caller) throws IOException {
    return work.run(request, bucket, caller);
  }
}
