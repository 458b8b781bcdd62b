package dev.lakebed.s3.bucket;

import dev.lakebed.auth.Caller;
import dev.lakebed.http.Response;
import dev.lakebed.operation.Effect;
import dev.lakebed.s3.operation.BucketLookup;
import dev.lakebed.s3.operation.BucketOperation;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.s3.rest.XmlResponse;
import dev.lakebed.s3.rest.XmlWriter;
import dev.lakebed.storage.metadata.Bucket;

/** GetBucketLocation: the region, or nothing for {@code us-east-1}. */
public final class GetBucketLocation extends BucketOperation {
  private final String region;

  /** Answers with that region. */
  public GetBucketLocation(BucketLookup lookup, String region) {
    super(lookup, "GetBucketLocation", Effect.READS, "s3:GetBucketLocation");
    this.region = region;
  }

  @Override
  public Response execute(S3Request request, Bucket bucket, Caller caller) {
    String constraint = region.equals(CreateBucket.DEFAULT_REGION) ? "" : region;
    return XmlResponse.of(XmlWriter.document("LocationConstraint").text(constraint));
  }
}
