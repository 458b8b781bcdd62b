package dev.lakebed.s3.rest;

import dev.lakebed.auth.Caller;
import dev.lakebed.http.Response;
import dev.lakebed.operation.Call;
import dev.lakebed.operation.Operation;
import dev.lakebed.s3.rest.ObjectLookup.ObjectTarget;
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
    implements Operation.Binding<S3Request> {
  @FunctionalInterface
  public interface Work {
    Response run(S3Request request, ObjectTarget target, Caller caller) throws IOException;
  }

  @Override
  public Call bind(String name, S3Request request) {
    ObjectTarget target = ObjectTarget.of(buckets, request);
    return Call.needing(
        name,
        List.of(objects.permission(request, target, verb, subject)),
        caller -> work.run(request, target, caller));
  }
}
