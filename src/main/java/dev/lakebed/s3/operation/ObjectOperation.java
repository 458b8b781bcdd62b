package dev.lakebed.s3.operation;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Permission;
import dev.lakebed.http.Response;
import dev.lakebed.s3.rest.S3Request;
import java.io.IOException;
import java.util.List;

/**
 * An operation that takes nothing but the object, and needs one right on it.
 *
 * @param verb first word of its action, before {@code Object} or {@code ObjectVersion}
 * @param subject last word of its action, for example {@code Tagging}
 */
public record ObjectOperation(
    BucketLookup buckets, ObjectLookup objects, String verb, String subject, Work work)
    implements S3Operation<ObjectTarget> {
  @FunctionalInterface
  public interface Work {
    Response run(S3Request request, ObjectTarget target, Caller caller) throws IOException;
  }

  @Override
  public ObjectTarget parse(S3Request request) {
    return ObjectTarget.of(buckets, request);
  }

  @Override
  public List<Permission> permissions(S3Request request, ObjectTarget target, Caller caller) {
    return List.of(objects.permission(request, target, verb, subject));
  }

  @Override
  public Response execute(S3Request request, ObjectTarget target, Caller caller)
      throws IOException {
    return work.run(request, target, caller);
  }
}
