package dev.lakebed.s3.bucket;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.TagKeys.RequestTags;
import dev.lakebed.http.QueryParameters;
import dev.lakebed.http.Response;
import dev.lakebed.operation.Call;
import dev.lakebed.operation.Operation;
import dev.lakebed.operation.Operation.Effect;
import dev.lakebed.policy.Keys;
import dev.lakebed.s3.object.SmallBody;
import dev.lakebed.s3.object.Tags.TagDocument;
import dev.lakebed.s3.object.Tags.TagRules;
import dev.lakebed.s3.rest.BucketLookup;
import dev.lakebed.s3.rest.BucketOperation;
import dev.lakebed.s3.rest.S3Access;
import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.s3.rest.XmlReader;
import dev.lakebed.s3.rest.XmlWriter;
import dev.lakebed.storage.metadata.bucket.AccessRules;
import dev.lakebed.storage.metadata.bucket.Bucket;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * ListTagsForResource, TagResource and UntagResource of S3 Control, for buckets. Their condition
 * keys may be in the body, so each asks for permission while it runs.
 */
record ControlTagging(BucketLookup lookup, AccessRules rules) {
  Operation<S3Request> operation(String name, Effect effect, BucketOperation.Work work) {
    return new Operation<>(
        name,
        effect,
        (api, request) -> {
          Bucket bucket = lookup.require(request);
          return Call.perItem(
              api,
              List.of(new S3Access(bucket, request).onBucket("s3:" + api)),
              caller -> work.run(request, bucket, caller));
        });
  }

  Response list(S3Request request, Bucket bucket, Caller caller) {
    require("ListTagsForResource", request, bucket, caller, Keys.NONE);
    return XmlWriter.answer(
        TagDocument.write(
            XmlWriter.control("ListTagsForResourceResult"), "Tags", bucket.tags().values()));
  }

  /** Adds tags to a bucket, in place of those of the same keys. */
  Response tag(S3Request request, Bucket bucket, Caller caller) throws IOException {
    Map<String, String> tags =
        XmlReader.read(SmallBody.read(request, TagDocument.MAX_BODY), "TagResourceRequest")
            .only("Tags")
            .child("Tags")
            .map(TagDocument::list)
            .map(TagRules.BUCKET::check)
            .orElseThrow(S3Error.MALFORMED_XML::exception);
    require("TagResource", request, bucket, caller, RequestTags.of(tags));
    rules.changeTags(
        bucket,
        now -> {
          Map<String, String> all = new HashMap<>(now.values());
          all.putAll(tags);
          return now.with(TagRules.BUCKET.limited(all));
        });
    return Response.of(204);
  }

  /** Takes tags from a bucket; one that it does not have counts as taken. */
  Response untag(S3Request request, Bucket bucket, Caller caller) {
    List<String> keys =
        request.wire().query().all().stream()
            .filter(parameter -> parameter.name().equals("tagKeys"))
            .map(QueryParameters.Parameter::value)
            .toList();
    require("UntagResource", request, bucket, caller, RequestTags.named(keys));
    rules.changeTags(
        bucket,
        now -> {
          Map<String, String> left = new HashMap<>(now.values());
          left.keySet().removeAll(keys);
          return now.with(left);
        });
    return Response.of(204);
  }

  /**
   * Demands the right that has the operation's name, and that the account header names the owner of
   * the bucket or the caller's own account.
   */
  private static void require(
      String name, S3Request request, Bucket bucket, Caller caller, Keys keys) {
    caller.require(new S3Access(bucket, request).onBucket("s3:" + name, keys));
    String account = request.header(ControlApi.ACCOUNT).orElse("");
    if (!account.equals(bucket.owner()) && !account.equals(caller.principal().account())) {
      throw S3Error.ACCESS_DENIED.exception("The bucket does not belong to the given account.");
    }
    BucketTagging.requireGeneral(bucket);
  }
}
