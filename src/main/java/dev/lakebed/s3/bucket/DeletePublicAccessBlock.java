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

/** DeletePublicAccessBlock, which needs the right to put one. */
public final class DeletePublicAccessBlock extends BucketOperation {
  private final AccessRules rules;

  /** Changes these rules. */
  public DeletePublicAccessBlock(BucketLookup lookup, AccessRules rules) {
    super(lookup, "DeletePublicAccessBlock", Effect.ADMINISTERS, "s3:PutBucketPublicAccessBlock");
    this.rules = rules;
  }

  @Override
  public Response execute(S3Request request, Bucket bucket, Caller caller) {
    rules.setBlock(bucket, Optional.empty());
    return Response.of(204);
  }
}
