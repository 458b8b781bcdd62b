package dev.lakebed.storage.metadata.tables;

/** A change of namespaces or tables that is not possible; nothing was changed. */
public final class CatalogException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why the change is not possible. */
  public enum Reason {
    /** The table bucket is gone. */
    NO_SUCH_BUCKET,
    /** There is no such namespace. */
    NO_SUCH_NAMESPACE,
    /** There is no such table, or it was dropped. */
    NO_SUCH_TABLE,
    /** The namespace exists. */
    NAMESPACE_EXISTS,
    /** The namespace still holds a table. */
    NAMESPACE_NOT_EMPTY,
    /** A table of that name exists in the namespace. */
    TABLE_EXISTS,
    /** Another table, perhaps a dropped one, has the location. */
    LOCATION_TAKEN,
    /** The table has changed since its version token was read. */
    STALE_VERSION
  }

  private final Reason reason;

  /** A refused change. */
  public CatalogException(Reason reason) {
    super(reason.name());
    this.reason = reason;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }
}
