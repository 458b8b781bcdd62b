package dev.lakebed.storage.metadata.bucket;

import dev.lakebed.storage.metadata.bucket.Bucket.BucketTags;
import dev.lakebed.storage.metadata.bucket.BucketAccess.PublicAccessBlock;
import dev.lakebed.storage.metadata.bucket.BucketAccess.StoredPolicy;
import dev.lakebed.storage.metadata.bucket.Buckets.NoSuchBucketException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Changes what buckets say about who may reach them. A change is seen at once here, and on the
 * other nodes of a shared database within a second.
 */
public interface AccessRules {
  /** Which policy of a bucket. */
  enum Face {
    /** The bucket policy, for S3. */
    S3,
    /** The table bucket policy, for S3 Tables. */
    TABLES
  }

  /**
   * Sets or, when empty, removes a policy.
   *
   * @throws NoSuchBucketException when the bucket was deleted
   */
  void setPolicy(Bucket bucket, Face face, Optional<StoredPolicy> policy);

  /**
   * Sets or, when empty, removes the Block Public Access settings.
   *
   * @throws NoSuchBucketException when the bucket was deleted
   */
  void setBlock(Bucket bucket, Optional<PublicAccessBlock> block);

  /**
   * Sets the CORS rules; an empty list removes them.
   *
   * @throws NoSuchBucketException when the bucket was deleted
   */
  void setCors(Bucket bucket, List<CorsRule> rules);

  /**
   * Changes the tags. Of changes at the same time each sees the result of the one before.
   *
   * @param change gives the new tags; what it throws reaches the caller, and nothing is changed
   * @throws NoSuchBucketException when the bucket was deleted
   */
  void changeTags(Bucket bucket, UnaryOperator<BucketTags> change);
}
