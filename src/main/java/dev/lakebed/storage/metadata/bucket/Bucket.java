package dev.lakebed.storage.metadata.bucket;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A bucket. Its id is never used again, its name unique over general and table buckets. Access,
 * tags and CORS rules are filled by {@link Buckets#find} only.
 */
public record Bucket(
    long id,
    String name,
    Kind kind,
    String owner,
    Instant createdAt,
    BucketAccess access,
    BucketTags tags,
    List<CorsRule> cors) {
  private static final int SMALLEST = 600;
  private static final int SMALL = 80;

  public Bucket {
    cors = List.copyOf(cors);
  }

  /** A bucket without policy, tags and CORS rules. */
  public Bucket(long id, String name, Kind kind, String owner, Instant createdAt) {
    this(id, name, kind, owner, createdAt, BucketAccess.NONE, BucketTags.NONE, List.of());
  }

  /** About the memory that it takes, in bytes. */
  int weight() {
    int tagged =
        tags.values().entrySet().stream()
            .mapToInt(tag -> SMALL + 2 * (tag.getKey().length() + tag.getValue().length()))
            .sum();
    int rules =
        cors.stream()
            .flatMap(
                rule -> Stream.of(rule.origins(), rule.methods(), rule.headers(), rule.exposed()))
            .mapToInt(texts -> SMALL + texts.stream().mapToInt(text -> SMALL + text.length()).sum())
            .sum();
    return SMALLEST + access.weight() + tagged + rules;
  }

  public Bucket with(BucketAccess replaced) {
    return new Bucket(id, name, kind, owner, createdAt, replaced, tags, cors);
  }

  public Bucket with(BucketTags replaced) {
    return new Bucket(id, name, kind, owner, createdAt, access, replaced, cors);
  }

  public Bucket withCors(List<CorsRule> replaced) {
    return new Bucket(id, name, kind, owner, createdAt, access, tags, replaced);
  }

  /**
   * Whether public policies are refused. Block Public Access is always on for table buckets (<a
   * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-tables-setting-up.html">AWS,
   * Access management for S3 Tables</a>).
   */
  public boolean blocksPublicPolicy() {
    return kind == Kind.TABLE || access.blocksPublicPolicy();
  }

  /** Whether what is public is closed to everybody outside the owner's account. */
  public boolean restrictsPublicBuckets() {
    return kind == Kind.TABLE || access.restrictsPublicBuckets();
  }

  public enum Kind {
    GENERAL,
    /** Namespaces and tables of S3 Tables; serves ordinary S3 traffic too. */
    TABLE
  }

  /**
   * The tags of a bucket, and whether policies of S3 see them (<a
   * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/buckets-tagging-enable-abac.html">AWS,
   * Enabling ABAC in general purpose buckets</a>).
   */
  public record BucketTags(Map<String, String> values, boolean abac) {
    public static final BucketTags NONE = new BucketTags(Map.of(), false);

    public BucketTags {
      values = Map.copyOf(values);
    }

    public BucketTags with(Map<String, String> replaced) {
      return new BucketTags(replaced, abac);
    }

    public BucketTags with(boolean seen) {
      return new BucketTags(values, seen);
    }

    /** What policies of S3 see. */
    public Map<String, String> inPolicies() {
      return abac ? values : Map.of();
    }
  }
}
