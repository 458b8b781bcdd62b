package dev.lakebed.s3.tagging;

import dev.lakebed.auth.Caller;
import dev.lakebed.http.Response;
import dev.lakebed.operation.Effect;
import dev.lakebed.s3.content.SmallBody;
import dev.lakebed.s3.content.TagDocument;
import dev.lakebed.s3.content.TagRules;
import dev.lakebed.s3.operation.BucketLookup;
import dev.lakebed.s3.operation.BucketOperation;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.storage.metadata.AccessRules;
import dev.lakebed.storage.metadata.Bucket;
import java.io.IOException;
import java.util.Map;

/**
 * PutBucketTagging: replaces all tags of a bucket (<a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketTagging.html">AWS,
 * PutBucketTagging</a>), unless policies see them.
 */
public final class PutBucketTagging extends BucketOperation {
  private final AccessRules rules;

  /** Changes these tags. */
  public PutBucketTagging(BucketLookup lookup, AccessRules rules) {
    super(lookup, "PutBucketTagging", Effect.ADMINISTERS, "s3:PutBucketTagging");
    this.rules = rules;
  }

  @Override
  public Response execute(S3Request request, Bucket bucket, Caller caller) throws IOException {
    TaggedBucket.requireGeneral(bucket);
    Map<String, String> tags =
        TagRules.BUCKET.check(
            TagDocument.read(SmallBody.readProtected(request, TagDocument.MAX_BODY)));
    rules.changeTags(bucket, now -> TaggedBucket.requireUnseen(now).with(tags));
    return Response.of(204);
  }
}
