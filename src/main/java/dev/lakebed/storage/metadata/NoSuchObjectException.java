package dev.lakebed.storage.metadata;

/** A change of an object that does not exist, or no longer does. */
public final class NoSuchObjectException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** There is none. */
  public NoSuchObjectException() {
    super("there is no such object");
  }
}
