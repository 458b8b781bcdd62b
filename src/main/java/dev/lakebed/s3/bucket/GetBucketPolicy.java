package dev.lakebed.s3.bucket;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.PrincipalBinding;
import dev.lakebed.http.Headers;
import dev.lakebed.http.Response;
import dev.lakebed.http.ResponseBody;
import dev.lakebed.operation.Effect;
import dev.lakebed.s3.operation.BucketLookup;
import dev.lakebed.s3.operation.BucketOperation;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.storage.metadata.Bucket;
import java.nio.charset.StandardCharsets;

/** GetBucketPolicy: the document as it was written, save that it names principals as of now. */
public final class GetBucketPolicy extends BucketOperation {
  private static final Headers JSON =
      Headers.builder().add("content-type", "application/json").build();

  private final PrincipalBinding principals;

  /** Shows policies of these buckets. */
  public GetBucketPolicy(BucketLookup lookup, PrincipalBinding principals) {
    super(lookup, "GetBucketPolicy", Effect.READS, "s3:GetBucketPolicy");
    this.principals = principals;
  }

  @Override
  public Response execute(S3Request request, Bucket bucket, Caller caller) {
    OwnBucket.require(bucket, caller);
    String document = principals.show(OwnBucket.policy(bucket).document());
    return new Response(
        200, JSON, new ResponseBody.Bytes(document.getBytes(StandardCharsets.UTF_8)));
  }
}
