package dev.lakebed.storage.metadata.bucket;

import dev.lakebed.policy.Policy;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a bucket itself says about who may reach it. */
public record BucketAccess(
    Optional<StoredPolicy> s3Policy,
    Optional<StoredPolicy> tablesPolicy,
    Optional<PublicAccessBlock> block) {
  /** Nothing: the policies of callers decide alone. */
  public static final BucketAccess NONE =
      new BucketAccess(Optional.empty(), Optional.empty(), Optional.empty());

  /** About the memory that the texts of its policies take, in bytes. */
  int weight() {
    Stream<Policy> all = Stream.concat(s3Policies().stream(), tablesPolicies().stream());
    return all.mapToInt(Policy::length).sum();
  }

  public List<Policy> s3Policies() {
    return s3Policy.map(stored -> List.of(stored.policy())).orElse(List.of());
  }

  public List<Policy> tablesPolicies() {
    return tablesPolicy.map(stored -> List.of(stored.policy())).orElse(List.of());
  }

  public boolean blocksPublicPolicy() {
    return block.isPresent() && block.get().blockPublicPolicy();
  }

  public boolean restrictsPublicBuckets() {
    return block.isPresent() && block.get().restrictPublicBuckets();
  }

  public boolean isPublic() {
    return s3Policy.isPresent() && s3Policy.get().policy().isPublic();
  }

  /**
   * The settings of S3's Block Public Access for one bucket (<a
   * href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PublicAccessBlockConfiguration.html">AWS,
   * PublicAccessBlockConfiguration</a>). Buckets here have no ACLs, so the first two refuse nothing
   * that is not refused anyway.
   */
  public record PublicAccessBlock(
      boolean blockPublicAcls,
      boolean ignorePublicAcls,
      boolean blockPublicPolicy,
      boolean restrictPublicBuckets) {

    static PublicAccessBlock ofBits(int bits) {
      return new PublicAccessBlock(
          (bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, (bits & 8) != 0);
    }

    short bits() {
      return (short)
          ((blockPublicAcls ? 1 : 0)
              | (ignorePublicAcls ? 2 : 0)
              | (blockPublicPolicy ? 4 : 0)
              | (restrictPublicBuckets ? 8 : 0));
    }
  }

  /** A resource policy as its author wrote it, and compiled. */
  public record StoredPolicy(String document, Policy policy) {
    /** Compiles a document, which reasons and logs call {@code name}, if it is AWS's grammar. */
    public static StoredPolicy parse(String name, String document) {
      return new StoredPolicy(document, Policy.parse(name, document, Policy.Kind.RESOURCE));
    }
  }
}
