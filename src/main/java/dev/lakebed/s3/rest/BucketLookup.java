package dev.lakebed.s3.rest;

import dev.lakebed.storage.metadata.bucket.Bucket;
import dev.lakebed.storage.metadata.bucket.Buckets;
import java.util.Optional;

public record BucketLookup(Buckets buckets) {
  public Bucket require(S3Request request) {
    return require(request.bucket());
  }

  /** The bucket of that name, or fails with InvalidBucketName, NoSuchBucket. */
  public Bucket require(String name) {
    BucketNames.requirePossible(name);
    return buckets.find(name).orElseThrow(() -> S3Error.NO_SUCH_BUCKET.ofBucket(name));
  }

  /** The bucket of that name, if there is one; a name that can be no bucket's is not looked up. */
  public Optional<Bucket> find(String name) {
    return BucketNames.isPossible(name) ? buckets.find(name) : Optional.empty();
  }
}
