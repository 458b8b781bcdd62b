package dev.lakebed.s3.tagging;

import dev.lakebed.auth.Caller;
import dev.lakebed.http.Response;
import dev.lakebed.operation.Effect;
import dev.lakebed.s3.operation.BucketLookup;
import dev.lakebed.s3.operation.BucketOperation;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.storage.metadata.AccessRules;
import dev.lakebed.storage.metadata.Bucket;
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
