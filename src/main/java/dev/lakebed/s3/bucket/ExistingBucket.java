package dev.lakebed.s3.bucket;

import dev.lakebed.auth.Caller;
import dev.lakebed.http.Headers;
import dev.lakebed.http.Response;
import dev.lakebed.http.Response.ResponseBody;
import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.s3.rest.XmlWriter;
import dev.lakebed.storage.metadata.bucket.Bucket;
import dev.lakebed.storage.metadata.bucket.Buckets;
import dev.lakebed.storage.metadata.bucket.Buckets.BucketNotEmptyException;

/** HeadBucket, GetBucketLocation and DeleteBucket. */
public record ExistingBucket(Buckets buckets, String region) {
  public Response head(S3Request request, Bucket bucket, Caller caller) {
    Headers headers =
        Headers.builder()
            .add("x-amz-bucket-region", region)
            .add("x-amz-access-point-alias", "false")
            .build();
    return new Response(200, headers, ResponseBody.NONE);
  }

  /** The region, or nothing for {@code us-east-1}. */
  public Response location(S3Request request, Bucket bucket, Caller caller) {
    String constraint = region.equals(CreateBucket.DEFAULT_REGION) ? "" : region;
    return XmlWriter.answer(XmlWriter.document("LocationConstraint").text(constraint));
  }

  public Response delete(S3Request request, Bucket bucket, Caller caller) {
    if (bucket.kind() == Bucket.Kind.TABLE) {
      throw S3Error.INVALID_BUCKET_STATE
          .exception("This is a table bucket. Delete it with DeleteTableBucket of S3 Tables.")
          .with("BucketName", bucket.name());
    }
    try {
      if (!buckets.delete(bucket)) {
        throw S3Error.NO_SUCH_BUCKET.ofBucket(bucket.name());
      }
    } catch (BucketNotEmptyException notEmpty) {
      throw S3Error.BUCKET_NOT_EMPTY.ofBucket(bucket.name());
    }
    return Response.of(204);
  }
}
