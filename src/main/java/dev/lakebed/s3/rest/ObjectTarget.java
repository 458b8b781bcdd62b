package dev.lakebed.s3.rest;

import dev.lakebed.storage.metadata.bucket.Bucket;
import dev.lakebed.storage.metadata.object.Objects;
import dev.lakebed.storage.metadata.object.StoredObject;
import java.util.Optional;

/**
 * The object that a request names. It is looked up once, so that policies judge the very version
 * that is then answered; for one thread.
 */
public final class ObjectTarget {
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
   * The addressed object, or fails with S3Exception when the bucket is missing or the version id is
   * wrong.
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
