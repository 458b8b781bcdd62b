package dev.lakebed.storage.metadata.tables;

import jakarta.persistence.EntityManager;
import java.util.Map;
import java.util.Optional;
import org.hibernate.exception.ConstraintViolationException;

/** A change of namespaces or tables that is not possible; nothing was changed. */
public final class CatalogException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Each constraint of {@code V2__tables.sql} stands for a rule. */
  private static final Map<String, Reason> REASONS =
      Map.of(
          "table_namespace_name", Reason.NAMESPACE_EXISTS,
          "table_namespace_bucket", Reason.NO_SUCH_BUCKET,
          "managed_table_bucket", Reason.NO_SUCH_BUCKET,
          "managed_table_name", Reason.TABLE_EXISTS,
          "managed_table_location", Reason.LOCATION_TAKEN);

  public enum Reason {
    NO_SUCH_BUCKET,
    NO_SUCH_NAMESPACE,
    NO_SUCH_TABLE,
    NAMESPACE_EXISTS,
    NAMESPACE_NOT_EMPTY,
    TABLE_EXISTS,
    /** Another table, perhaps a dropped one, has the location. */
    LOCATION_TAKEN,
    /** The table has changed since its version token was read. */
    STALE_VERSION
  }

  private final Reason reason;

  public CatalogException(Reason reason) {
    super(reason.name());
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }

  /**
   * Sends the pending statements; a broken reference from a table means {@code missingNamespace}.
   * Changes look first, so only those that lose a race come here.
   */
  static void flush(EntityManager manager, Reason missingNamespace) {
    try {
      manager.flush();
    } catch (ConstraintViolationException violation) {
      throw reason(violation, missingNamespace)
          .<RuntimeException>map(CatalogException::new)
          .orElse(violation);
    }
  }

  private static Optional<Reason> reason(
      ConstraintViolationException violation, Reason missingNamespace) {
    Optional<String> name = Optional.ofNullable(violation.getConstraintName());
    return name.filter("managed_table_namespace"::equals).isPresent()
        ? Optional.of(missingNamespace)
        : name.map(REASONS::get);
  }
}
