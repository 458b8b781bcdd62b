package dev.lakebed.storage.metadata.tables;

import dev.lakebed.storage.metadata.tables.CatalogException.Reason;
import jakarta.persistence.EntityManager;
import java.util.Map;
import java.util.Optional;
import org.hibernate.exception.ConstraintViolationException;

/**
 * Reads the database's verdict: each constraint of {@code V2__tables.sql} stands for a rule.
 * Changes look first, so only those that lose a race come here.
 */
final class Violations {
  private static final Map<String, Reason> REASONS =
      Map.of(
          "table_namespace_name", Reason.NAMESPACE_EXISTS,
          "table_namespace_bucket", Reason.NO_SUCH_BUCKET,
          "managed_table_bucket", Reason.NO_SUCH_BUCKET,
          "managed_table_name", Reason.TABLE_EXISTS,
          "managed_table_location", Reason.LOCATION_TAKEN);

  private Violations() {}

  /**
   * Sends the pending statements.
   *
   * @param missingNamespace what a broken reference from a table to its namespace means
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
    return Optional.ofNullable(violation.getConstraintName())
        .flatMap(
            name ->
                name.equals("managed_table_namespace")
                    ? Optional.of(missingNamespace)
                    : Optional.ofNullable(REASONS.get(name)));
  }
}
