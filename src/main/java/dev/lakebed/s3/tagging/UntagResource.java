package dev.lakebed.s3.tagging;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.TagKeys.RequestTags;
import dev.lakebed.http.QueryParameters;
import dev.lakebed.http.Response;
import dev.lakebed.operation.Effect;
import dev.lakebed.s3.operation.BucketLookup;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.storage.metadata.AccessRules;
import dev.lakebed.storage.metadata.Bucket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** UntagResource: takes tags from a bucket; one that it does not have counts as taken. */
final class UntagResource extends ResourceTagOperation {
  private final AccessRules rules;

  UntagResource(BucketLookup lookup, AccessRules rules) {
    super(lookup, "UntagResource", Effect.ADMINISTERS);
    this.rules = rules;
  }

  @Override
  public Response execute(S3Request request, Bucket bucket, Caller caller) {
    List<String> keys =
        request.wire().query().all().stream()
            .filter(parameter -> parameter.name().equals("tagKeys"))
            .map(QueryParameters.Parameter::value)
            .toList();
    require(request, bucket, caller, RequestTags.named(keys));
    rules.changeTags(
        bucket,
        now -> {
          Map<String, String> left = new HashMap<>(now.values());
          left.keySet().removeAll(keys);
          return now.with(left);
        });
    return Response.of(204);
  }
}
