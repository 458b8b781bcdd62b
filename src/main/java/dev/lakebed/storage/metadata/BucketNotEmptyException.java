package dev.lakebed.storage.metadata;

/** The bucket still holds something. */
public final class BucketNotEmptyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Names the bucket. */
  public BucketNotEmptyException(String bucket) {
    super("bucket " + bucket + " is not empty");
  }
}
