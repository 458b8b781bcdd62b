package dev.lakebed.s3.tagging;

import dev.lakebed.auth.Caller;
import dev.lakebed.metadata.AccessRules;
import dev.lakebed.metadata.Bucket;
import dev.lakebed.pipeline.Effect;
import dev.lakebed.s3.operation.BucketLookup;
import dev.lakebed.s3.operation.BucketOperation;
import dev.lakebed.s3.request.S3Request;
import dev.lakebed.wire.Response;
import java.util.Map;

/** DeleteBucketTagging: takes all tags from a bucket, unless policies see them. */
public final class DeleteBucketTagging extends BucketOperation {
  private final AccessRules rules;

  /** Changes these tags. */
  public DeleteBucketTagging(BucketLookup lookup, AccessRules rules) {
    super(lookup, "DeleteBucketTagging", Effect.ADMINISTERS, "s3:PutBucketTagging");
    this.rules = rules;
  }

  @Override
  public Response execute(S3Request request, Bucket bucket, Caller caller) {
    TaggedBucket.requireGeneral(bucket);
    rules.changeTags(bucket, now -> TaggedBucket.requireUnseen(now).with(Map.of()));
    return Response.of(204);
  }
}
