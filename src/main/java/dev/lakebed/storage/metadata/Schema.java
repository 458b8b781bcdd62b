package dev.lakebed.storage.metadata;

import dev.lakebed.storage.metadata.Database.DatabaseUnusableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Brings the database to the version that this code was written for. */
final class Schema {
  private static final int OLDEST_SERVER = 15;

  /** SQLSTATE with which our migrations refuse what they find. */
  private static final String REFUSED = "LB001";

  private Schema() {}

  /**
   * {@link DatabaseUnusableException} when the server is unreachable or too old, or the schema is
   * of a later Lakebed or was tampered with.
   */
  static void migrate(DataSource source) {
    checkServer(source);
    Flyway flyway =
        Flyway.configure(Schema.class.getClassLoader())
            .dataSource(source)
            .locations("classpath:db/migration")
            .failOnMissingLocations(true)
            .validateMigrationNaming(true)
            .cleanDisabled(true)
            .load();
    try {
      for (MigrationInfo applied : flyway.info().applied()) {
        if (applied.getState().isApplied() && !applied.getState().isResolved()) {
          throw new DatabaseUnusableException(
              "the database was written by a later Lakebed (schema version %s); start that version"
                  .formatted(applied.getVersion()));
        }
      }
      flyway.migrate();
    } catch (FlywayException e) {
      throw refusal(e)
          .map(DatabaseUnusableException::new)
          .orElseGet(
              () ->
                  new DatabaseUnusableException(
                      "the database's schema cannot be brought up to date: " + e.getMessage(), e));
    }
  }

  /** What a migration says that refuses to run, in a sentence for the operator. */
  private static Optional<String> refusal(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof PSQLException e && REFUSED.equals(e.getSQLState())) {
        return Optional.ofNullable(e.getServerErrorMessage()).map(ServerErrorMessage::getMessage);
      }
    }
    return Optional.empty();
  }

  private static void checkServer(DataSource source) {
    try (Connection connection = source.getConnection()) {
      int version = connection.getMetaData().getDatabaseMajorVersion();
      if (version < OLDEST_SERVER) {
        throw new DatabaseUnusableException(
            "the database is PostgreSQL %d; Lakebed needs %d or later"
                .formatted(version, OLDEST_SERVER));
      }
    } catch (SQLException e) {
      throw new DatabaseUnusableException("cannot connect to the database: " + e.getMessage(), e);
    }
  }
}
