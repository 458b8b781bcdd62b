package dev.lakebed.s3.tagging;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Permission;
import dev.lakebed.http.Response;
import dev.lakebed.operation.Call;
import dev.lakebed.operation.Effect;
import dev.lakebed.policy.Keys;
import dev.lakebed.s3.content.SmallBody;
import dev.lakebed.s3.content.TagDocument;
import dev.lakebed.s3.content.TagRules;
import dev.lakebed.s3.operation.BucketLookup;
import dev.lakebed.s3.operation.ObjectTarget;
import dev.lakebed.s3.operation.RequestObjectTags;
import dev.lakebed.s3.operation.S3Operation;
import dev.lakebed.s3.rest.S3Request;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * PutObjectTagging: replaces all tags of an object (<a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectTagging.html">AWS,
 * PutObjectTagging</a>).
 */
public final class PutObjectTagging implements S3Operation<ObjectTarget> {
  private final BucketLookup buckets;
  private final ObjectTagging tagging;

  /** Tags objects in these buckets. */
  public PutObjectTagging(BucketLookup buckets, ObjectTagging tagging) {
    this.buckets = buckets;
    this.tagging = tagging;
  }

  @Override
  public String name() {
    return "PutObjectTagging";
  }

  @Override
  public Effect effect() {
    return Effect.CHANGES_CONTENT;
  }

  @Override
  public ObjectTarget parse(S3Request request) {
    return ObjectTarget.of(buckets, request);
  }

  @Override
  public List<Permission> permissions(S3Request request, ObjectTarget target, Caller caller) {
    return List.of();
  }

  @Override
  public List<Permission> anyOf(S3Request request, ObjectTarget target) {
    return List.of(tagging.permission(request, target, "Put", Keys.NONE));
  }

  /** Policies may ask for the tags, which are in the body. */
  @Override
  public Call.Authorization authorization() {
    return Call.Authorization.PER_ITEM;
  }

  @Override
  public Response execute(S3Request request, ObjectTarget target, Caller caller)
      throws IOException {
    Map<String, String> tags =
        TagRules.OBJECT.check(TagDocument.read(SmallBody.read(request, TagDocument.MAX_BODY)));
    caller.require(tagging.permission(request, target, "Put", new RequestObjectTags(tags)));
    tagging.set(request, target, tags, caller);
    return Response.of(200);
  }
}
