package dev.lakebed.storage.metadata.bucket;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The buckets of every kind; one name space. */
public interface Buckets {
  /** The bucket with its access rules and tags; from memory, yet strictly consistent here. */
  Optional<Bucket> find(String name);

  /** Creates a bucket together with its tags, or throws {@link BucketExistsException}. */
  Bucket create(String name, Bucket.Kind kind, String owner, Map<String, String> tags);

  default Bucket create(String name, Bucket.Kind kind, String owner) {
    return create(name, kind, owner, Map.of());
  }

  /**
   * Deletes an empty bucket together with its configuration and its unfinished uploads, as Amazon
   * S3 does; false when it did not exist. {@link BucketNotEmptyException} when it holds an object.
   */
  boolean delete(Bucket bucket);

  /** Buckets in name order, after {@code after}; of every kind when none is given. */
  List<Bucket> list(Optional<Bucket.Kind> kind, String prefix, String after, int limit);

  public static final class BucketExistsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Bucket existing;

    public BucketExistsException(Bucket existing) {
      super("bucket " + existing.name() + " exists");
      this.existing = existing;
    }

    public Bucket existing() {
      return existing;
    }
  }

  public static final class BucketNotEmptyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BucketNotEmptyException(String bucket) {
      super("bucket " + bucket + " is not empty");
    }
  }

  /** The bucket was deleted while the request ran. */
  public static final class NoSuchBucketException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NoSuchBucketException() {
      super("the bucket does not exist");
    }
  }
}
