package dev.lakebed.s3.object;

import dev.lakebed.auth.Permission;
import dev.lakebed.http.Response;
import dev.lakebed.operation.Call;
import dev.lakebed.operation.Operation;
import dev.lakebed.policy.Keys;
import dev.lakebed.s3.rest.BucketLookup;
import dev.lakebed.s3.rest.ObjectLookup.ObjectTarget;
import dev.lakebed.s3.rest.S3Access;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.s3.rest.WriteConditions;
import dev.lakebed.storage.metadata.bucket.Bucket;
import dev.lakebed.storage.metadata.object.Objects;
import dev.lakebed.storage.metadata.object.Objects.WriteCondition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** DeleteObject; a key that does not exist counts as deleted. */
public record DeleteObject(BucketLookup lookup, Objects objects)
    implements Operation.Binding<S3Request> {
  @Override
  public Call bind(String name, S3Request request) {
    ObjectTarget target = ObjectTarget.of(lookup, request);
    WriteCondition condition = WriteConditions.ofDelete(request);
    return Call.needing(
        name,
        toDelete(
            request,
            target.bucket(),
            request.key(),
            request.query("versionId"),
            condition != WriteCondition.NONE),
        caller -> {
          UnsupportedHeaders.refuse(
              request, "x-amz-if-match-last-modified-time", "x-amz-if-match-size");
          return delete(target, condition);
        });
  }

  private Response delete(ObjectTarget target, WriteCondition condition) {
    if (target.current()) {
      objects
          .delete(target.bucket().id(), List.of(new Objects.Deletion(target.key(), condition)))
          .getFirst()
          .ifPresent(
              refused -> {
                throw refused;
              });
    }
    return Response.of(204);
  }

  static List<Permission> toDelete(
      S3Request request, Bucket bucket, String key, Optional<String> version, boolean conditional) {
    S3Access access = new S3Access(bucket, request);
    List<Permission> permissions = new ArrayList<>(1);
    permissions.add(
        access.onObject(
            version.isPresent() ? "s3:DeleteObjectVersion" : "s3:DeleteObject",
            key,
            S3Access.versionKey(version)));
    if (conditional) {
      permissions.add(access.onObject("s3:GetObject", key, Keys.NONE));
    }
    if (request
        .header("x-amz-bypass-governance-retention")
        .filter(value -> value.equalsIgnoreCase("true"))
        .isPresent()) {
      permissions.add(access.onObject("s3:BypassGovernanceRetention", key, Keys.NONE));
    }
    return permissions;
  }
}
