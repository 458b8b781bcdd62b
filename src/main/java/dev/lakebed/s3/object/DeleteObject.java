package dev.lakebed.s3.object;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Permission;
import dev.lakebed.http.Response;
import dev.lakebed.operation.Operation.Effect;
import dev.lakebed.s3.content.UnsupportedHeaders;
import dev.lakebed.s3.operation.BucketLookup;
import dev.lakebed.s3.operation.ObjectTarget;
import dev.lakebed.s3.operation.S3Operation;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.s3.rest.WriteConditions;
import dev.lakebed.storage.metadata.object.Objects;
import dev.lakebed.storage.metadata.object.Objects.WriteCondition;
import java.util.List;

/** DeleteObject; a key that does not exist counts as deleted. */
public final class DeleteObject implements S3Operation<DeleteObject.Parameters> {
  private final BucketLookup lookup;
  private final Objects objects;

  /** What to delete. */
  public record Parameters(ObjectTarget target, WriteCondition condition) {}

  /** Deletes from these objects. */
  public DeleteObject(BucketLookup lookup, Objects objects) {
    this.lookup = lookup;
    this.objects = objects;
  }

  @Override
  public String name() {
    return "DeleteObject";
  }

  @Override
  public Effect effect() {
    return Effect.CHANGES_CONTENT;
  }

  @Override
  public Parameters parse(S3Request request) {
    return new Parameters(ObjectTarget.of(lookup, request), WriteConditions.ofDelete(request));
  }

  @Override
  public List<Permission> permissions(S3Request request, Parameters parameters, Caller caller) {
    return DeletePermissions.of(
        request,
        parameters.target().bucket(),
        request.key(),
        request.query("versionId"),
        parameters.condition() != WriteCondition.NONE);
  }

  @Override
  public void requireBuilt(S3Request request) {
    UnsupportedHeaders.refuse(request, "x-amz-if-match-last-modified-time", "x-amz-if-match-size");
  }

  @Override
  public Response execute(S3Request request, Parameters parameters, Caller caller) {
    ObjectTarget target = parameters.target();
    if (target.current()) {
      objects
          .delete(
              target.bucket().id(),
              List.of(new Objects.Deletion(target.key(), parameters.condition())))
          .getFirst()
          .ifPresent(
              refused -> {
                throw refused;
              });
    }
    return Response.of(204);
  }
}
