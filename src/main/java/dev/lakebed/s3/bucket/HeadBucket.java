package dev.lakebed.s3.bucket;

import dev.lakebed.auth.Caller;
import dev.lakebed.http.Headers;
import dev.lakebed.http.Response;
import dev.lakebed.http.ResponseBody;
import dev.lakebed.operation.Effect;
import dev.lakebed.s3.operation.BucketLookup;
import dev.lakebed.s3.operation.BucketOperation;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.storage.metadata.Bucket;

/** HeadBucket: whether it exists and where. */
public final class HeadBucket extends BucketOperation {
  private final String region;

  /** Answers with that region. */
  public HeadBucket(BucketLookup lookup, String region) {
    super(lookup, "HeadBucket", Effect.READS, "s3:ListBucket");
    this.region = region;
  }

  @Override
  public Response execute(S3Request request, Bucket bucket, Caller caller) {
    Headers headers =
        Headers.builder()
            .add("x-amz-bucket-region", region)
            .add("x-amz-access-point-alias", "false")
            .build();
    return new Response(200, headers, ResponseBody.NONE);
  }
}
