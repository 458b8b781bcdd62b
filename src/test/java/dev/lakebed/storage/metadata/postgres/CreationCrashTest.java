package dev.lakebed.storage.metadata.postgres;

import static dev.lakebed.storage.metadata.postgres.Servers.newDirectory;
import static dev.lakebed.storage.metadata.postgres.Servers.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakebed.storage.files.DurableDirectory;
import dev.lakebed.storage.metadata.postgres.Binaries.FileTree;
import dev.lakebed.storage.metadata.postgres.DatabaseRole.SingleUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a crash can leave of a creation, state by state; the next start gives the database that
 * anybody was promised. A name that was not synced may be the old one after a power cut (rename(2),
 * fsync(2)).
 */
class CreationCrashTest {
  private Path home;

  @BeforeEach
  void create() throws IOException {
    home = newDirectory();
  }

  @AfterEach
  void delete() throws IOException {
    FileTree.delete(home);
  }

  @Test
  void directory_that_no_server_ran_on_is_made_anew() throws Exception {
    Files.createDirectories(home.resolve("data.creating/half"));
    Files.createDirectories(home.resolve("bin-1.new/half"));
    Files.writeString(home.resolve("server.password"), "of another cluster");
    Files.writeString(home.resolve("server.password.draft"), "half of a pass");
    try (EmbeddedPostgres server = EmbeddedPostgres.start(home)) {
      assertThat(query(server, "select 1")).isEqualTo("1");
    }
    assertThat(home.resolve("data.creating")).doesNotExist();
  }

  @Test
  void database_whose_rename_was_lost_is_kept() throws Exception {
    fill();
    Files.move(home.resolve("data"), home.resolve("data.creating"));
    assertFilled();
  }

  @Test
  void database_whose_rename_by_an_earlier_version_was_lost_is_kept() throws Exception {
    fill();
    Files.move(home.resolve("data"), home.resolve("data.new"));
    assertFilled();
  }

  @Test
  void directory_of_an_earlier_version_that_may_hold_data_is_neither_used_nor_deleted()
      throws Exception {
    Path kept = Files.createDirectories(home.resolve("data.new/base"));
    assertThatThrownBy(() -> EmbeddedPostgres.start(home).close())
        .isInstanceOf(IOException.class)
        .hasMessageContaining(home.resolve("data.new") + " was left by");
    assertThat(kept).exists();
    assertThat(home.resolve("data")).doesNotExist();
  }

  @Test
  void role_whose_password_was_not_yet_written_gets_a_new_one() throws Exception {
    fill();
    Files.delete(home.resolve("server.password"));
    Files.writeString(home.resolve("server.password.draft"), "half of a pass");
    assertFilled();
  }

  /** The superuser was what Lakebed logged in as, and owned everything. */
  @Test
  void database_of_an_earlier_version_is_handed_to_the_role() throws Exception {
    fill();
    undoRole();
    Files.writeString(home.resolve("password"), "of the superuser");
    assertFilled();
    assertThat(home.resolve("password")).doesNotExist();
    try (EmbeddedPostgres server = EmbeddedPostgres.start(home)) {
      assertThat(
              query(
                  server,
                  "alter table t add column more text; drop function f(int); drop table t;"
                      + " select count(*) from pg_class c join pg_roles r on r.oid = c.relowner"
                      + " where r.rolsuper and c.relnamespace = 'public'::regnamespace"))
          .isEqualTo("0");
    }
  }

  /** As a crash before the password's file was in place would have it: the role half made. */
  @Test
  void handing_over_can_be_interrupted_and_run_again() throws Exception {
    fill();
    undoRole();
    EmbeddedPostgres.start(home).close();
    Files.delete(home.resolve("server.password"));
    Files.writeString(home.resolve("password"), "of the superuser");
    assertFilled();
  }

  private void fill() throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.start(home)) {
      query(
          server,
          "create table t (n int primary key, i int generated always as identity, s serial);"
              + " insert into t values (7); create view v as select n from t;"
              + " create sequence q; create function f(int) returns int language sql return $1;"
              + " drop view v; select 0");
    }
  }

  private void assertFilled() throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.start(home)) {
      assertThat(query(server, "select f(n) from t")).isEqualTo("7");
    }
  }

  private void undoRole() throws IOException {
    DurableDirectory directory = DurableDirectory.create(home);
    SingleUser.run(
        Binaries.unpack(directory),
        Account.choose(home, Cluster.in(home)),
        Cluster.in(home),
        """
        ALTER DATABASE postgres OWNER TO lakebed;
        ALTER TABLE t OWNER TO lakebed;
        ALTER SEQUENCE q OWNER TO lakebed;
        ALTER FUNCTION f(int) OWNER TO lakebed;
        DROP ROLE lakebed_server;
        ALTER ROLE lakebed LOGIN;

        """);
    Files.delete(home.resolve("server.password"));
  }
}
