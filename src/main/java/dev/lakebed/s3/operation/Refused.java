package dev.lakebed.s3.operation;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Permission;
import dev.lakebed.http.Response;
import dev.lakebed.operation.Effect;
import dev.lakebed.s3.rest.S3Exception;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.storage.metadata.Bucket;
import java.util.List;

/**
 * An operation of the S3 API that always ends with the same error: mostly because it is not built.
 * That the bucket is missing, or that the caller may not, is told first, as for every other
 * operation.
 *
 * @param effect what it would do
 * @param action what AWS asks for it, on the bucket or the object that is addressed
 * @param error the answer
 */
public record Refused(
    BucketLookup lookup, String name, Effect effect, String action, S3Exception error)
    implements S3Operation<Bucket> {
  @Override
  public Bucket parse(S3Request request) {
    return lookup.require(request);
  }

  @Override
  public List<Permission> permissions(S3Request request, Bucket bucket, Caller caller) {
    S3Access access = new S3Access(bucket, request);
    return List.of(
        request.level() == S3Request.Level.OBJECT
            ? access.onObject(action)
            : access.onBucket(action));
  }

  @Override
  public Response execute(S3Request request, Bucket bucket, Caller caller) {
    throw error;
  }
}
