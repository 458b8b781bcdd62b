package dev.lakebed.s3.tagging;

import dev.lakebed.auth.Caller;
import dev.lakebed.http.Response;
import dev.lakebed.operation.Effect;
import dev.lakebed.s3.content.TagDocument;
import dev.lakebed.s3.operation.BucketLookup;
import dev.lakebed.s3.operation.BucketOperation;
import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.s3.rest.XmlResponse;
import dev.lakebed.storage.metadata.Bucket;

/** GetBucketTagging; a bucket without tags has no tag set. */
public final class GetBucketTagging extends BucketOperation {
  /** Shows the tags of these buckets. */
  public GetBucketTagging(BucketLookup lookup) {
    super(lookup, "GetBucketTagging", Effect.READS, "s3:GetBucketTagging");
  }

  @Override
  public Response execute(S3Request request, Bucket bucket, Caller caller) {
    TaggedBucket.requireGeneral(bucket);
    if (bucket.tags().values().isEmpty()) {
      throw S3Error.NO_SUCH_TAG_SET.exception().with("BucketName", bucket.name());
    }
    return XmlResponse.of(TagDocument.write(bucket.tags().values()));
  }
}
