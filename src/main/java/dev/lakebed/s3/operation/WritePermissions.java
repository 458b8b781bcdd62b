package dev.lakebed.s3.operation;

import dev.lakebed.auth.Permission;
import dev.lakebed.policy.Keys;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.s3.rest.WriteConditions;
import dev.lakebed.storage.metadata.bucket.Bucket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a caller must be allowed to write the addressed object, by the headers it sends. */
public final class WritePermissions {
  private WritePermissions() {}

  /**
   * The rights of PutObject, CopyObject and CreateMultipartUpload.
   *
   * @param tags tags that the new object gets from the request
   */
  public static List<Permission> of(S3Request request, Bucket bucket, Map<String, String> tags) {
    S3Access access = new S3Access(bucket, request);
    Keys keys = new RequestObjectTags(tags);
    List<Permission> permissions = new ArrayList<>(2);
    permissions.add(access.onObject("s3:PutObject", request.key(), keys));
    if (request.header("x-amz-acl").isPresent()) {
      permissions.add(access.onObject("s3:PutObjectAcl", request.key(), keys));
    }
    if (request.header("x-amz-tagging").isPresent()) {
      permissions.add(access.onObject("s3:PutObjectTagging", request.key(), keys));
    }
    if (WriteConditions.readsCurrent(request)) {
      permissions.add(access.onObject("s3:GetObject", request.key(), keys));
    }
    return permissions;
  }
}
