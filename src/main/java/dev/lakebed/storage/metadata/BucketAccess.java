package dev.lakebed.storage.metadata;

import dev.lakebed.policy.Policy;
import java.util.List;
import java.util.Optional;

/**
 * What a bucket itself says about who may reach it.
 *
 * @param s3Policy its bucket policy, for S3
 * @param tablesPolicy its table bucket policy, for S3 Tables
 * @param block its Block Public Access settings
 */
public record BucketAccess(
    Optional<StoredPolicy> s3Policy,
    Optional<StoredPolicy> tablesPolicy,
    Optional<PublicAccessBlock> block) {
  /** Nothing: the policies of callers decide alone. */
  public static final BucketAccess NONE =
      new BucketAccess(Optional.empty(), Optional.empty(), Optional.empty());

  /** The bucket policy for the policy engine. */
  public List<Policy> s3Policies() {
    return s3Policy.map(stored -> List.of(stored.policy())).orElse(List.of());
  }

  /** The table bucket policy for the policy engine. */
  public List<Policy> tablesPolicies() {
    return tablesPolicy.map(stored -> List.of(stored.policy())).orElse(List.of());
  }

  /** Whether public policies are refused. */
  public boolean blocksPublicPolicy() {
    return block.isPresent() && block.get().blockPublicPolicy();
  }

  /** Whether a public bucket policy grants nothing outside the owner's account. */
  public boolean restrictsPublicBuckets() {
    return block.isPresent() && block.get().restrictPublicBuckets();
  }

  /** Whether the bucket policy is public. */
  public boolean isPublic() {
    return s3Policy.isPresent() && s3Policy.get().policy().isPublic();
  }
}
