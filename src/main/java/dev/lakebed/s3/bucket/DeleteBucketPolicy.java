package dev.lakebed.s3.bucket;

import dev.lakebed.auth.Caller;
import dev.lakebed.http.Response;
import dev.lakebed.operation.Effect;
import dev.lakebed.s3.operation.BucketLookup;
import dev.lakebed.s3.operation.BucketOperation;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.storage.metadata.AccessRules;
import dev.lakebed.storage.metadata.Bucket;
import java.util.Optional;

/** DeleteBucketPolicy; a bucket without policy stays as it is. */
public final class DeleteBucketPolicy extends BucketOperation {
  private final AccessRules rules;

  /** Deletes among these rules. */
  public DeleteBucketPolicy(BucketLookup lookup, AccessRules rules) {
    super(lookup, "DeleteBucketPolicy", Effect.ADMINISTERS, "s3:DeleteBucketPolicy");
    this.rules = rules;
  }

  @Override
  public Response execute(S3Request request, Bucket bucket, Caller caller) {
    OwnBucket.require(bucket, caller);
    rules.setPolicy(bucket, AccessRules.Face.S3, Optional.empty());
    return Response.of(204);
  }
}
