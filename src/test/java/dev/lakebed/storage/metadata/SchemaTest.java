package dev.lakebed.storage.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakebed.limit.ClientPlaces.ClientShare;
import dev.lakebed.storage.metadata.Database.DatabaseUnusableException;
import dev.lakebed.storage.metadata.postgres.EmbeddedPostgres;
import org.junit.jupiter.api.Test;

/** A database that cannot be used is told in a sentence and left as it is. */
class SchemaTest {
  @Test
  void a_database_of_a_later_version_or_with_other_tables_is_refused_and_left_alone()
      throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.start(TestStores.directory())) {
      DatabaseSettings.External settings = TestStores.settings(server);
      try (PostgresDatabase database = PostgresDatabase.open(settings, ClientShare.ALL)) {
        execute(
            database,
            "INSERT INTO flyway_schema_history (installed_rank, version, description, type, script,"
                + " installed_by, execution_time, success) VALUES"
                + " (999, '999', 'later', 'SQL', 'V999__later.sql', 'x', 1, true)");
        assertThatThrownBy(() -> PostgresDatabase.open(settings, ClientShare.ALL).close())
            .isInstanceOf(DatabaseUnusableException.class)
            .hasMessageContaining("later Lakebed");
        execute(database, "DELETE FROM flyway_schema_history WHERE version = '999'");
        execute(database, "ALTER TABLE released_blob RENAME COLUMN ref TO other");
        assertThatThrownBy(() -> PostgresDatabase.open(settings, ClientShare.ALL).close())
            .isInstanceOf(DatabaseUnusableException.class)
            .hasMessageContaining("released_blob");
        assertThat(execute(database, "ALTER TABLE released_blob RENAME COLUMN other TO ref"))
            .isTrue();
      }
    }
  }

  @Test
  void objects_that_do_not_say_their_volume_are_refused_in_one_sentence() throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.start(TestStores.directory())) {
      DatabaseSettings.External settings = TestStores.settings(server);
      try (PostgresDatabase database = PostgresDatabase.open(settings, ClientShare.ALL)) {
        execute(
            database,
            "DROP TABLE volume; CREATE INDEX released_blob_time ON released_blob (released_ms,"
                + " ref); ALTER TABLE bucket_access DROP COLUMN cors; DELETE FROM"
                + " flyway_schema_history WHERE version IN ('8', '9', '10', '11')");
        execute(database, "INSERT INTO released_blob (ref, released_ms) VALUES ('\\x01', 1)");
        assertThatThrownBy(() -> PostgresDatabase.open(settings, ClientShare.ALL).close())
            .isInstanceOf(DatabaseUnusableException.class)
            .hasMessageMatching("the database holds objects of a Lakebed [^\\n.]*");
        execute(database, "DELETE FROM released_blob");
      }
      PostgresDatabase.open(settings, ClientShare.ALL).close();
    }
  }

  @Test
  void an_unreachable_database_is_refused() {
    DatabaseSettings.External nowhere =
        new DatabaseSettings.External("jdbc:postgresql://127.0.0.1:1/none", "u", "secret");
    assertThatThrownBy(() -> PostgresDatabase.open(nowhere, ClientShare.ALL).close())
        .isInstanceOf(DatabaseUnusableException.class)
        .hasMessageContaining("cannot connect");
    assertThat(nowhere.toString()).doesNotContain("secret");
  }

  private static boolean execute(PostgresDatabase database, String sql) {
    return database.onConnection(
        connection -> {
          try (var statement = connection.createStatement()) {
            statement.execute(sql);
            return true;
          }
        });
  }
}
