package dev.lakebed.s3.bucket;

import dev.lakebed.auth.Caller;
import dev.lakebed.s3.rest.S3Error;
import dev.lakebed.storage.metadata.Bucket;
import dev.lakebed.storage.metadata.StoredPolicy;

/** Rules that all operations on bucket policies share. */
final class OwnBucket {
  private OwnBucket() {}

  /** AWS answers callers of another account so, whatever rights a policy gave them. */
  static void require(Bucket bucket, Caller caller) {
    if (!caller.principal().account().equals(bucket.owner())) {
      throw S3Error.METHOD_NOT_ALLOWED
          .exception("The bucket policy is managed by the account that owns the bucket.")
          .with("ResourceType", "BUCKETPOLICY");
    }
  }

  static StoredPolicy policy(Bucket bucket) {
    return bucket
        .access()
        .s3Policy()
        .orElseThrow(
            () -> S3Error.NO_SUCH_BUCKET_POLICY.exception().with("BucketName", bucket.name()));
  }
}
