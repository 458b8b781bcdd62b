package dev.lakebed.s3.operation;

import dev.lakebed.metadata.Bucket;
import dev.lakebed.s3.request.S3Request;
import dev.lakebed.s3.request.VersionIds;

/**
 * The object that a request names.
 *
 * @param current whether the version asked for is the current one; other versions do not exist
 */
public record ObjectTarget(Bucket bucket, String key, boolean current) {
  /**
   * The addressed object.
   *
   * @throws dev.lakebed.s3.error.S3Exception when the bucket is missing or the version id is wrong
   */
  public static ObjectTarget of(BucketLookup lookup, S3Request request) {
    return new ObjectTarget(
        lookup.require(request),
        request.key(),
        VersionIds.namesCurrent(request.query("versionId")));
  }
}
