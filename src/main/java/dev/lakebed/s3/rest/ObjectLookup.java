package dev.lakebed.s3.rest;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Permission;
import dev.lakebed.auth.TagKeys;
import dev.lakebed.policy.Keys;
import dev.lakebed.storage.metadata.bucket.Bucket;
import dev.lakebed.storage.metadata.object.Objects;
import dev.lakebed.storage.metadata.object.StoredObject;
import java.util.Map;
import java.util.Optional;

/**
 * Finds objects and the sources of copies, and says 404 only to callers that could list the key.
 */
public record ObjectLookup(Objects objects) {
  private static final String EXISTING_TAG = "s3:existingobjecttag/";

  /**
   * The object. Fails with NoSuchKey or NoSuchVersion, or AccessDeniedException when it is missing
   * and the caller may not list.
   */
  public StoredObject require(S3Request request, ObjectTarget target, Caller caller) {
    Optional<StoredObject> found = target.look(objects);
    if (found.isPresent()) {
      return found.get();
    }
    caller.require(new S3Access(target.bucket(), request).toKnowMissing(target.key()));
    S3Error error = target.current() ? S3Error.NO_SUCH_KEY : S3Error.NO_SUCH_VERSION;
    throw error.exception().with("Key", target.key());
  }

  /**
   * The right to a sub-resource of the addressed version.
   *
   * @param verb first word of the action, before {@code Object} or {@code ObjectVersion}
   * @param subject last word of the action; empty for the object itself
   * @param keys condition keys beside those of the tags that the object has
   */
  public Permission permission(
      S3Request request, ObjectTarget target, String verb, String subject, Keys keys) {
    String version = request.query("versionId").isPresent() ? "Version" : "";
    return new S3Access(target.bucket(), request)
        .onObject(
            "s3:" + verb + "Object" + version + subject,
            target.key(),
            keys.or(existingTags(target)));
  }

  public Permission permission(
      S3Request request, ObjectTarget target, String verb, String subject) {
    return permission(request, target, verb, subject, Keys.NONE);
  }

  /** The tags of the object as condition keys, looked up only when a policy asks for one. */
  private Keys existingTags(ObjectTarget target) {
    return new TagKeys(
        EXISTING_TAG,
        () -> target.look(objects).map(object -> object.attributes().tags()).orElse(Map.of()));
  }

  /**
   * The source of a copy, which the header names. Fails with S3Exception when the header is
   * malformed or the bucket missing.
   */
  public ObjectTarget source(BucketLookup buckets, S3Request request) {
    CopySource source = CopySource.of(request);
    return new ObjectTarget(
        buckets.require(source.bucket()),
        source.key(),
        VersionIds.namesCurrent(source.versionId()));
  }

  /**
   * The right to read the source of a copy, or a sub-resource of it. {@code subject} is the last
   * word of the action, for example {@code Tagging}; empty for the object.
   */
  public Permission sourcePermission(S3Request request, ObjectTarget source, String subject) {
    Optional<String> version = CopySource.of(request).versionId();
    return new S3Access(source.bucket(), request)
        .onObject(
            (version.isPresent() ? "s3:GetObjectVersion" : "s3:GetObject") + subject,
            source.key(),
            S3Access.versionKey(version).or(existingTags(source)));
  }

  /**
   * The source itself, whose conditions hold. Fails with NoSuchKey, NoSuchVersion,
   * PreconditionFailed, AccessDenied when its bucket is not the expected account's.
   */
  public StoredObject requireSource(S3Request request, ObjectTarget source, Caller caller) {
    ExpectedOwner.requireOfSource(request, source.bucket());
    StoredObject object = require(request, source, caller);
    ReadConditions.ofCopySource(request).requireForCopy(object);
    return object;
  }

  /**
   * The object that a request names. It is looked up once, so that policies judge the very version
   * that is then answered; for one thread.
   */
  public static final class ObjectTarget {
    private final Bucket bucket;
    private final String key;
    private final boolean current;
    private Optional<StoredObject> seen = Optional.empty();
    private boolean looked;

    /**
     * An object. {@code current} says whether the version asked for is the current one; other
     * versions do not exist.
     */
    ObjectTarget(Bucket bucket, String key, boolean current) {
      this.bucket = bucket;
      this.key = key;
      this.current = current;
    }

    /**
     * The addressed object, or fails with S3Exception when the bucket is missing or the version id
     * is wrong.
     */
    public static ObjectTarget of(BucketLookup lookup, S3Request request) {
      return new ObjectTarget(
          lookup.require(request),
          request.key(),
          VersionIds.namesCurrent(request.query("versionId")));
    }

    public Bucket bucket() {
      return bucket;
    }

    public String key() {
      return key;
    }

    /** Whether the version asked for is the current one. */
    public boolean current() {
      return current;
    }

    public Optional<StoredObject> seen() {
      return seen;
    }

    Optional<StoredObject> look(Objects objects) {
      if (!looked) {
        seen = current ? objects.find(bucket.id(), key) : Optional.empty();
        looked = true;
      }
      return seen;
    }
  }
}
