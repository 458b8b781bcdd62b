package dev.lakebed.s3.operation;

import dev.lakebed.metadata.Bucket;
import dev.lakebed.metadata.Buckets;
import dev.lakebed.s3.error.S3Error;
import dev.lakebed.s3.request.BucketNames;
import dev.lakebed.s3.request.S3Request;
import java.util.Optional;

/** Finds the bucket a request names. */
public final class BucketLookup {
  private final Buckets buckets;

  /** Looks in these buckets. */
  public BucketLookup(Buckets buckets) {
    this.buckets = buckets;
  }

  /**
   * The addressed bucket, whose owner is the one the client expects, if it says so.
   *
   * @throws dev.lakebed.s3.error.S3Exception InvalidBucketName, NoSuchBucket, AccessDenied
   */
  public Bucket require(S3Request request) {
    return require(request.bucket(), request.header("x-amz-expected-bucket-owner"));
  }

  /**
   * The bucket of that name.
   *
   * @param expectedOwner account that must own it
   * @throws dev.lakebed.s3.error.S3Exception InvalidBucketName, NoSuchBucket, AccessDenied
   */
  public Bucket require(String name, Optional<String> expectedOwner) {
    BucketNames.requirePossible(name);
    Bucket bucket =
        buckets
            .find(name)
            .orElseThrow(() -> S3Error.NO_SUCH_BUCKET.exception().with("BucketName", name));
    if (expectedOwner.isPresent() && !expectedOwner.get().equals(bucket.owner())) {
      throw S3Error.ACCESS_DENIED.exception("The bucket does not belong to the expected account.");
    }
    return bucket;
  }
}
