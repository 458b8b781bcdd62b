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

/** GetBucketPolicyStatus: whether the policy is public. */
public final class GetBucketPolicyStatus extends BucketOperation {
  /** Looks at policies of these buckets. */
  public GetBucketPolicyStatus(BucketLookup lookup) {
    super(lookup, "GetBucketPolicyStatus", Effect.READS, "s3:GetBucketPolicyStatus");
  }

  @Override
  public Response execute(S3Request request, Bucket bucket, Caller caller) {
    boolean open = OwnBucket.policy(bucket).policy().isPublic();
    return XmlResponse.of(XmlWriter.document("PolicyStatus").element("IsPublic", open));
  }
}
