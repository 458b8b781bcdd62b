package dev.lakebed.storage.metadata;

import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.io.Serial;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Hibernate, set up to start fast: nothing is scanned, enhanced, generated or asked twice. */
final class EntityManagers {
  /**
   * Say something of every statement that fails, also when a conflict is the client's answer. Held,
   * as loggers are forgotten with their level when nobody holds them.
   */
  private static final List<Logger> FAILED_STATEMENTS =
      List.of(
          Logger.getLogger("org.hibernate.engine.jdbc.spi.SqlExceptionHelper"),
          Logger.getLogger("org.hibernate.orm.jdbc.batch"));

  private static final String UNIT = "lakebed";

  private EntityManagers() {}

  static EntityManagerFactory create(DataSource source) {
    FAILED_STATEMENTS.forEach(logger -> logger.setLevel(Level.OFF));
    Map<String, Object> settings = new HashMap<>();
    settings.put("jakarta.persistence.nonJtaDataSource", source);
    settings.put("jakarta.persistence.validation.mode", "none");
    settings.put("hibernate.hbm2ddl.auto", "validate");
    settings.put("hibernate.boot.allow_jdbc_metadata_access", "false");
    settings.put("jakarta.persistence.database-product-name", "PostgreSQL");
    settings.put("jakarta.persistence.database-major-version", "15");
    settings.put("jakarta.persistence.database-minor-version", "0");
    settings.put("hibernate.xml_mapping_enabled", "false");
    settings.put("hibernate.bytecode.use_reflection_optimizer", "false");
    settings.put("hibernate.jdbc.batch_size", "100");
    settings.put("hibernate.order_updates", "true");
    // No column is JSON or XML; looking for Jackson would load the server's modules into the WAR's.
    settings.put("hibernate.type.json_format_mapper", "jsonb");
    settings.put("hibernate.type.xml_format_mapper", "jaxb");
    settings.put("hibernate.timezone.default_storage", "NORMALIZE_UTC");
    settings.put("hibernate.classLoaders", List.of(EntityManagers.class.getClassLoader()));
    return Persistence.createEntityManagerFactory(UNIT, settings);
  }

  /** Lets Hibernate build its model while the database is still being started and migrated. */
  static final class DeferredDataSource extends PGSimpleDataSource {
    @Serial private static final long serialVersionUID = 1L;

    private final transient CompletableFuture<? extends DataSource> target;

    DeferredDataSource(CompletableFuture<? extends DataSource> target) {
      this.target = target;
    }

    @Override
    public Connection getConnection() throws SQLException {
      try {
        return target.join().getConnection();
      } catch (CompletionException e) {
        throw new SQLException("the database did not start", "08001", e);
      }
    }
  }
}
