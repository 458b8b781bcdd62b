package dev.lakebed.s3.tagging;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.TagKeys.RequestTags;
import dev.lakebed.http.Response;
import dev.lakebed.operation.Effect;
import dev.lakebed.s3.content.SmallBody;
import dev.lakebed.s3.content.TagDocument;
import dev.lakebed.s3.content.TagRules;
import dev.lakebed.s3.operation.BucketLookup;
import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.s3.rest.XmlReader;
import dev.lakebed.storage.metadata.AccessRules;
import dev.lakebed.storage.metadata.Bucket;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** TagResource: adds tags to a bucket, in place of those of the same keys. */
final class TagResource extends ResourceTagOperation {
  private final AccessRules rules;

  TagResource(BucketLookup lookup, AccessRules rules) {
    super(lookup, "TagResource", Effect.ADMINISTERS);
    this.rules = rules;
  }

  @Override
  public Response execute(S3Request request, Bucket bucket, Caller caller) throws IOException {
    Map<String, String> tags =
        XmlReader.read(SmallBody.read(request, TagDocument.MAX_BODY), "TagResourceRequest")
            .only("Tags")
            .child("Tags")
            .map(TagDocument::list)
            .map(TagRules.BUCKET::check)
            .orElseThrow(S3Error.MALFORMED_XML::exception);
    require(request, bucket, caller, RequestTags.of(tags));
    rules.changeTags(
        bucket,
        now -> {
          Map<String, String> all = new HashMap<>(now.values());
          all.putAll(tags);
          return now.with(TagRules.BUCKET.limited(all));
        });
    return Response.of(204);
  }
}
