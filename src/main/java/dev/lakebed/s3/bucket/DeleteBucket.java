package dev.lakebed.s3.bucket;

import dev.lakebed.auth.Caller;
import dev.lakebed.http.Response;
import dev.lakebed.operation.Effect;
import dev.lakebed.s3.operation.BucketLookup;
import dev.lakebed.s3.operation.BucketOperation;
import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.storage.metadata.Bucket;
import dev.lakebed.storage.metadata.BucketNotEmptyException;
import dev.lakebed.storage.metadata.Buckets;

/** DeleteBucket: an empty general bucket. */
public final class DeleteBucket extends BucketOperation {
  private final Buckets buckets;

  /** Deletes from these buckets. */
  public DeleteBucket(BucketLookup lookup, Buckets buckets) {
    super(lookup, "DeleteBucket", Effect.ADMINISTERS, "s3:DeleteBucket");
    this.buckets = buckets;
  }

  @Override
  public Response execute(S3Request request, Bucket bucket, Caller caller) {
    if (bucket.kind() == Bucket.Kind.TABLE) {
      throw S3Error.INVALID_BUCKET_STATE
          .exception("This is a table bucket. Delete it with DeleteTableBucket of S3 Tables.")
          .with("BucketName", bucket.name());
    }
    try {
      if (!buckets.delete(bucket)) {
        throw S3Error.NO_SUCH_BUCKET.exception().with("BucketName", bucket.name());
      }
    } catch (BucketNotEmptyException notEmpty) {
      throw S3Error.BUCKET_NOT_EMPTY.exception().with("BucketName", bucket.name());
    }
    return Response.of(204);
  }
}
