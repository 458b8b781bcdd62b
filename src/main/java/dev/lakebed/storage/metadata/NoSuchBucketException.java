package dev.lakebed.storage.metadata;

/** The bucket was deleted while the request ran. */
public final class NoSuchBucketException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The bucket is gone. */
  public NoSuchBucketException() {
    super("the bucket does not exist");
  }
}
