package dev.lakebed.s3.tagging;

import dev.lakebed.auth.Caller;
import dev.lakebed.http.Response;
import dev.lakebed.operation.Effect;
import dev.lakebed.policy.Keys;
import dev.lakebed.s3.content.TagDocument;
import dev.lakebed.s3.operation.BucketLookup;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.s3.rest.XmlResponse;
import dev.lakebed.s3.rest.XmlWriter;
import dev.lakebed.storage.metadata.Bucket;

/** ListTagsForResource: the tags of a bucket, if any. */
final class ListTagsForResource extends ResourceTagOperation {
  ListTagsForResource(BucketLookup lookup) {
    super(lookup, "ListTagsForResource", Effect.READS);
  }

  @Override
  public Response execute(S3Request request, Bucket bucket, Caller caller) {
    require(request, bucket, caller, Keys.NONE);
    return XmlResponse.of(
        TagDocument.write(
            XmlWriter.control("ListTagsForResourceResult"), "Tags", bucket.tags().values()));
  }
}
