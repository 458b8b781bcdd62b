package dev.lakebed.s3.rest;

import dev.lakebed.auth.Permission;
import dev.lakebed.auth.Permission.Resource;
import dev.lakebed.auth.TagKeys;
import dev.lakebed.policy.Decision;
import dev.lakebed.policy.Keys;
import dev.lakebed.storage.metadata.bucket.Bucket;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

  /**
   * Condition keys that S3 requests of every kind may carry, read only when a policy asks. Those
   * about signature and account are the authentication's.
   */
  private record S3RequestKeys(S3Request request) implements Keys {
    private static final String PREFIX = "s3:";
    private static final Set<String> HEADERS =
        HeaderText.names(
            """
            x-amz-acl x-amz-grant-read x-amz-grant-write x-amz-grant-read-acp x-amz-grant-write-acp
            x-amz-grant-full-control x-amz-server-side-encryption
            x-amz-server-side-encryption-aws-kms-key-id
            x-amz-server-side-encryption-customer-algorithm x-amz-storage-class
            x-amz-website-redirect-location x-amz-object-ownership if-match if-none-match
            """);

    /** Keys whose header has a prefix that the key lacks. */
    private static final Set<String> LOCK =
        Set.of("object-lock-mode", "object-lock-legal-hold", "object-lock-retain-until-date");

    /**
     * What a write selects that makes an object or a part of one; tagging, for example, does not.
     */
    private static final Set<String> CREATING =
        Set.of("", Route.COPY, Route.COPY_PART, "uploadId", "uploads");

    private static final String RETAIN_UNTIL = "x-amz-object-lock-retain-until-date";

    @Override
    public List<String> values(String key) {
      if (!key.startsWith(PREFIX)) {
        return List.of();
      }
      String name = key.substring(PREFIX.length());
      if (HEADERS.contains(name)) {
        return request.wire().headers().all(name);
      }
      if (LOCK.contains(name)) {
        return request.wire().headers().all("x-amz-" + name);
      }
      return switch (name) {
        case "object-lock-remaining-retention-days" ->
            request.header(RETAIN_UNTIL).map(this::remainingDays).stream().toList();
        case "x-amz-copy-source" -> isCopy() ? source(CopySource.of(request)) : List.of();
        case "x-amz-metadata-directive" ->
            isCopy() ? request.wire().headers().all(name) : List.of();
        case "versionid" -> request.query("versionId").stream().toList();
        case "objectcreationoperation" -> createsObject().stream().toList();
        default -> List.of();
      };
    }

    /** Whether the bytes are those of another object: a form may carry the header in vain. */
    private boolean isCopy() {
      String selector = Route.of(request).selector();
      return selector.equals(Route.COPY) || selector.equals(Route.COPY_PART);
    }

    /** The object that is read, however the header spells it; policies write it in both ways. */
    private static List<String> source(CopySource source) {
      String path = source.bucket() + "/" + source.key();
      return List.of("/" + path, path);
    }

    /**
     * Whole days up to the date, a day that has begun counted. A text that is no date stays as it
     * is: no number, so that a Deny applies.
     */
    private String remainingDays(String date) {
      try {
        Duration left = Duration.between(request.wire().receivedAt(), Instant.parse(date));
        return String.valueOf(Math.ceilDiv(left.toSeconds(), 86_400L));
      } catch (DateTimeParseException noDate) {
        return date;
      }
    }

    /**
     * Whether the write makes an object, or is a step towards one: a part, the begin of an upload.
     */
    private Optional<String> createsObject() {
      if (request.level() != S3Request.Level.OBJECT
          || !CREATING.contains(Route.of(request).selector())) {
        return Optional.empty();
      }
      boolean upload = request.query("uploadId").isPresent();
      return switch (request.wire().method()) {
        case "PUT" -> Optional.of(String.valueOf(!upload));
        case "POST" -> Optional.of(String.valueOf(request.query("uploads").isEmpty()));
        default -> Optional.empty();
      };
    }
  }
}
