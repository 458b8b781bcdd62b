package dev.lakebed.s3.operation;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Permission;
import dev.lakebed.s3.rest.CopySource;
import dev.lakebed.s3.rest.ReadConditions;
import dev.lakebed.s3.rest.S3Request;
import dev.lakebed.s3.rest.VersionIds;
import dev.lakebed.storage.metadata.object.StoredObject;
import java.util.Optional;

/** Finds the source of a copy. */
public record SourceLookup(BucketLookup lookup, ObjectLookup objects) {
  /**
   * The object that the header names.
   *
   * @throws dev.lakebed.s3.rest.S3Exception when the header is malformed or the bucket missing
   */
  public ObjectTarget target(S3Request request) {
    CopySource source = CopySource.of(request);
    return new ObjectTarget(
        lookup.require(source.bucket()), source.key(), VersionIds.namesCurrent(source.versionId()));
  }

  /** The right to read the source. */
  public Permission permission(S3Request request, ObjectTarget source) {
    return permission(request, source, "");
  }

  /**
   * The right to read a sub-resource of the source.
   *
   * @param subject last word of the action, for example {@code Tagging}
   */
  public Permission permission(S3Request request, ObjectTarget source, String subject) {
    Optional<String> version = CopySource.of(request).versionId();
    return new S3Access(source.bucket(), request)
        .onObject(
            (version.isPresent() ? "s3:GetObjectVersion" : "s3:GetObject") + subject,
            source.key(),
            S3Access.versionKey(version).or(objects.existingTags(source)));
  }

  /**
   * The source itself, whose conditions hold.
   *
   * @throws dev.lakebed.s3.rest.S3Exception NoSuchKey, NoSuchVersion, PreconditionFailed,
   *     AccessDenied when its bucket is not the expected account's
   */
  public StoredObject require(S3Request request, ObjectTarget source, Caller caller) {
    ExpectedOwner.requireOfSource(request, source.bucket());
    StoredObject object = objects.require(request, source, caller);
    ReadConditions.ofCopySource(request).requireForCopy(object);
    return object;
  }
}
