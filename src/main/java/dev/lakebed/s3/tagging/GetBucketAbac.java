package dev.lakebed.s3.tagging;

import dev.lakebed.auth.Caller;
import dev.lakebed.http.Response;
import dev.lakebed.operation.Effect;
import dev.lakebed.s3.operation.BucketLookup;
import dev.lakebed.s3.operation.BucketOperation;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.s3.rest.XmlResponse;
import dev.lakebed.s3.rest.XmlWriter;
import dev.lakebed.storage.metadata.Bucket;

/** GetBucketAbac: whether policies see the tags of the bucket. */
public final class GetBucketAbac extends BucketOperation {
  /** Shows these buckets. */
  public GetBucketAbac(BucketLookup lookup) {
    super(lookup, "GetBucketAbac", Effect.READS, "s3:GetBucketABAC");
  }

  @Override
  public Response execute(S3Request request, Bucket bucket, Caller caller) {
    return XmlResponse.of(
        XmlWriter.document("AbacStatus")
            .element(
                "Status", bucket.tags().abac() ? PutBucketAbac.ENABLED : PutBucketAbac.DISABLED));
  }
}
