package dev.lakebed.s3.tagging;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Permission;
import dev.lakebed.http.Response;
import dev.lakebed.operation.Effect;
import dev.lakebed.policy.Keys;
import dev.lakebed.s3.operation.BucketLookup;
import dev.lakebed.s3.operation.ObjectTarget;
import dev.lakebed.s3.operation.S3Operation;
import dev.lakebed.s3.rest.S3Request;
import java.util.List;
import java.util.Map;

/** DeleteObjectTagging: takes all tags from an object. */
public final class DeleteObjectTagging implements S3Operation<ObjectTarget> {
  private final BucketLookup buckets;
  private final ObjectTagging tagging;

  /** Takes tags from objects in these buckets. */
  public DeleteObjectTagging(BucketLookup buckets, ObjectTagging tagging) {
    this.buckets = buckets;
    this.tagging = tagging;
  }

  @Override
  public String name() {
    return "DeleteObjectTagging";
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
    return List.of(tagging.permission(request, target, "Delete", Keys.NONE));
  }

  @Override
  public Response execute(S3Request request, ObjectTarget target, Caller caller) {
    tagging.set(request, target, Map.of(), caller);
    return Response.of(204);
  }
}
