package dev.lakebed.storage.blob;

/**
 * A blob is not there. Whoever has just found it named may look again: it may have been released
 * and removed in between.
 */
public final class MissingBlobException extends CorruptBlobException {
  private static final long serialVersionUID = 1L;

  /** Says which. */
  public MissingBlobException(String message) {
    super(message);
  }
}
