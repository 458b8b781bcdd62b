package dev.lakebed.s3.rest;

import dev.lakebed.auth.Permission;
import dev.lakebed.auth.Permission.Resource;
import dev.lakebed.auth.TagKeys;
import dev.lakebed.policy.Decision;
import dev.lakebed.policy.Keys;
import dev.lakebed.storage.metadata.bucket.Bucket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Builds the permissions of one request on one bucket (<a
 * href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html">AWS,
 * Actions, resources, and condition keys for Amazon S3</a>).
 */
public record S3Access(Bucket bucket, S3Request request) {
  private static final String ARN = "arn:aws:s3:::";
  private static final Decision.Prevented RESTRICTED =
      new Decision.Prevented(
          "RestrictPublicBuckets",
          "because public access is prevented by the RestrictPublicBuckets setting in S3 Block"
              + " Public Access");

  public static String arn(String bucket) {
    return ARN + bucket;
  }

  /** The condition keys that a request carries whatever it asks for. */
  public static Keys requestKeys(S3Request request) {
    return new S3RequestKeys(request);
  }

  /** The version that is asked for, where the query does not name it. */
  public static Keys versionKey(Optional<String> versionId) {
    return key -> key.equals("s3:versionid") ? versionId.stream().toList() : List.of();
  }

  public Permission onBucket(String action) {
    return onBucket(action, Keys.NONE);
  }

  public Permission onBucket(String action, Keys keys) {
    return permission(action, arn(bucket.name()), keys);
  }

  public Permission onObject(String action) {
    return onObject(action, request.key(), Keys.NONE);
  }

  public Permission onObject(String action, String key, Keys keys) {
    return permission(action, arn(bucket.name()) + "/" + key, keys);
  }

  /** The listing right that lets a caller know that {@code key} does not exist. */
  public Permission toKnowMissing(String key) {
    return onBucket("s3:ListBucket", name -> name.equals("s3:prefix") ? List.of(key) : List.of());
  }

  /** Seen on the bucket and on its objects, which have no other tags of a resource. */
  private static Keys bucketTags(Map<String, String> tags) {
    return TagKeys.of(TagKeys.RESOURCE, tags).or(TagKeys.of("s3:buckettag/", tags));
  }

  private Permission permission(String action, String arn, Keys keys) {
    Resource resource = closed(new Resource(arn, bucket.owner(), bucket.access().s3Policies()));
    Map<String, String> tags = bucket.tags().inPolicies();
    Keys own = tags.isEmpty() ? keys : keys.or(bucketTags(tags));
    return new Permission(action, resource, own.or(requestKeys(request)));
  }

  /** Rights of the configuration for everybody make a bucket as public as a policy does. */
  private Resource closed(Resource resource) {
    if (!bucket.restrictsPublicBuckets()) {
      return resource;
    }
    return bucket.access().isPublic()
        ? resource.closed(RESTRICTED)
        : resource.closedToAnonymous(RESTRICTED);
  }

  /**
   * Condition keys of the tags that a request gives an object: {@code s3:RequestObjectTag/…} and
   * {@code s3:RequestObjectTagKeys}.
   */
  public record RequestObjectTags(Map<String, String> tags) implements Keys {
    @Override
    public List<String> values(String key) {
      return key.equals("s3:requestobjecttagkeys")
          ? List.copyOf(tags.keySet())
          : TagKeys.of("s3:requestobjecttag/", tags).values(key);
    }
  }

  /**
   * What a caller must be allowed to write the addressed object, by the headers it sends: the
   * rights of PutObject, CopyObject and CreateMultipartUpload.
   */
  public List<Permission> toWrite(Map<String, String> tags) {
    Keys keys = new RequestObjectTags(tags);
    List<Permission> permissions = new ArrayList<>(2);
    permissions.add(onObject("s3:PutObject", request.key(), keys));
    if (request.header("x-amz-acl").isPresent()) {
      permissions.add(onObject("s3:PutObjectAcl", request.key(), keys));
    }
    if (request.header("x-amz-tagging").isPresent()) {
      permissions.add(onObject("s3:PutObjectTagging", request.key(), keys));
    }
    if (WriteConditions.readsCurrent(request)) {
      permissions.add(onObject("s3:GetObject", request.key(), keys));
    }
    return permissions;
  }
}
