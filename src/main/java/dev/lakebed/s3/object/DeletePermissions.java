package dev.lakebed.s3.object;

import dev.lakebed.auth.Permission;
import dev.lakebed.policy.Keys;
import dev.lakebed.s3.operation.S3Access;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.storage.metadata.bucket.Bucket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a caller must be allowed to delete one key. */
final class DeletePermissions {
  private DeletePermissions() {}

  static List<Permission> of(
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
