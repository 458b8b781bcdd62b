package dev.lakebed.s3.bucket;

import dev.lakebed.auth.Caller;
import dev.lakebed.http.Response;
import dev.lakebed.operation.Effect;
import dev.lakebed.s3.operation.BucketLookup;
import dev.lakebed.s3.operation.BucketOperation;
import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.s3.rest.XmlResponse;
import dev.lakebed.storage.metadata.Bucket;

/** GetBucketCors. */
public final class GetBucketCors extends BucketOperation {
  /** Shows rules of these buckets. */
  public GetBucketCors(BucketLookup lookup) {
    super(lookup, "GetBucketCors", Effect.READS, "s3:GetBucketCORS");
  }

  @Override
  public Response execute(S3Request request, Bucket bucket, Caller caller) {
    if (bucket.cors().isEmpty()) {
      throw S3Error.NO_SUCH_CORS_CONFIGURATION.exception().with("BucketName", bucket.name());
    }
    return XmlResponse.of(CorsDocument.write(bucket.cors()));
  }
}
