package dev.lakebed.storage.metadata;

/** The bucket name is taken. */
public final class BucketExistsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Bucket existing;

  /** Names who holds the name. */
  public BucketExistsException(Bucket existing) {
    super("bucket " + existing.name() + " exists");
    this.existing = existing;
  }

  /** The bucket that holds the name. */
  public Bucket existing() {
    return existing;
  }
}
