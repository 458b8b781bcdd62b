package dev.lakebed.storage.metadata.postgres;

import static dev.lakebed.storage.metadata.postgres.Servers.newDirectory;
import static dev.lakebed.storage.metadata.postgres.Servers.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakebed.storage.metadata.postgres.Binaries.FileTree;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The server that Lakebed starts for itself: kept, found again, durable, reachable by nobody else.
 */
class EmbeddedPostgresTest {
  private static final List<String> FORBIDDEN =
      List.of(
          "CREATE ROLE other",
          "CREATE DATABASE other",
          "COPY (SELECT 1) TO PROGRAM 'cat'",
          "COPY (SELECT 1) TO '/tmp/lakebed-other'",
          "SELECT pg_read_file('postgresql.conf')",
          "ALTER SYSTEM SET fsync = off",
          "ALTER ROLE lakebed_server SUPERUSER",
          "SET ROLE lakebed",
          "SELECT lo_import('/etc/passwd')");

  private static Path directory;

  @BeforeAll
  static void create() throws IOException {
    directory = newDirectory();
    EmbeddedPostgres.start(directory).close();
  }

  @AfterAll
  static void delete() throws IOException {
    FileTree.delete(directory);
  }

  @Test
  void the_server_is_durable_local_and_guarded_by_a_password() throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.start(directory)) {
      for (String option : List.of("fsync", "synchronous_commit", "full_page_writes")) {
        assertThat(query(server, "show " + option)).as(option).isEqualTo("on");
      }
      assertThat(query(server, "show listen_addresses")).isEmpty();
      assertThat(query(server, "show unix_socket_permissions")).isEqualTo("0700");
      assertThat(query(server, "show server_encoding")).isEqualTo("UTF8");
      assertThat(query(server, "select datcollate from pg_database limit 1")).isEqualTo("C");
      assertThat(query(server, "show data_checksums")).isEqualTo("on");
      assertThat(permissions("server.password")).isEqualTo("rw-------");
      assertThat(permissions("access.conf")).isEqualTo("rw-------");
      assertThat(permissions("lock")).isEqualTo("rw-------");
      assertThat(permissions("socket")).isEqualTo("rwx------");
      assertThat(permissions("data")).isEqualTo("rwx------");
      assertThat(permissions("")).isIn("rwx------", "rwx--x--x");
      assertRefused(server, server.user(), "wrong", "28P01");
    }
  }

  /** PostgreSQL, "pg_hba.conf": without an entry that fits, access is denied. */
  @Test
  void the_superuser_cannot_log_in_and_the_role_reaches_its_own_database_only() throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.start(directory)) {
      assertRefused(server, Cluster.SUPERUSER, server.password(), "28000");
      String elsewhere = server.url().replace("/postgres?", "/template1?");
      assertThat(elsewhere).isNotEqualTo(server.url());
      assertThatThrownBy(
              () ->
                  DriverManager.getConnection(elsewhere, server.user(), server.password()).close())
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28000"));
      assertThat(
              query(
                  server,
                  "select count(*) from pg_roles where rolname = current_user and not (rolsuper or"
                      + " rolcreaterole or rolcreatedb or rolreplication or rolbypassrls)"))
          .isEqualTo("1");
      assertThat(query(server, "select rolcanlogin from pg_roles where rolsuper")).isEqualTo("f");
    }
  }

  /** 42501 is insufficient_privilege (PostgreSQL, "Error Codes"). */
  @Test
  void the_role_may_nothing_but_its_own() throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.start(directory)) {
      for (String statement : FORBIDDEN) {
        assertThatThrownBy(() -> query(server, statement))
            .as(statement)
            .isInstanceOfSatisfying(
                SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
      }
    }
  }

  @Test
  void data_survive_a_restart_and_no_process_stays_behind() throws Exception {
    long first;
    try (EmbeddedPostgres server = EmbeddedPostgres.start(directory)) {
      first = server.pid();
      query(server, "create table t as select 7 as n; select 0");
    }
    assertThat(ProcessHandle.of(first)).isEmpty();
    try (EmbeddedPostgres server = EmbeddedPostgres.start(directory)) {
      assertThat(query(server, "select n from t")).isEqualTo("7");
    }
  }

  @Test
  void a_second_server_on_the_same_directory_is_refused() throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.start(directory)) {
      assertThatThrownBy(() -> EmbeddedPostgres.start(directory).close())
          .isInstanceOf(IOException.class)
          .hasMessageContaining(directory.toString());
      assertThat(query(server, "select 1")).isEqualTo("1");
    }
  }

  @Test
  void a_server_left_by_a_killed_process_is_replaced_and_its_data_kept() throws Exception {
    Process other =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                classPath(),
                LeftBehind.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    long left = Long.parseLong(other.inputReader().readLine());
    other.destroyForcibly().waitFor();
    assertThat(ProcessHandle.of(left)).isPresent();
    try (EmbeddedPostgres server = EmbeddedPostgres.start(directory)) {
      assertThat(ProcessHandle.of(left)).isEmpty();
      assertThat(server.pid()).isNotEqualTo(left);
    }
  }

  @Test
  void a_process_number_that_now_belongs_to_another_program_does_not_hinder() throws Exception {
    Files.writeString(
        directory.resolve("data/postmaster.pid"), ProcessHandle.current().pid() + "\n/x\n0\n1\n");
    try (EmbeddedPostgres server = EmbeddedPostgres.start(directory)) {
      assertThat(query(server, "select 1")).isEqualTo("1");
    }
  }

  /** Of sun_path, see unix(7). */
  @Test
  void a_directory_too_long_for_a_socket_is_served_on_loopback() throws Exception {
    Path parent = newDirectory();
    Path longer = parent.resolve("shut").resolve("x".repeat(Listener.LONGEST_PATH));
    try (EmbeddedPostgres server = EmbeddedPostgres.start(longer)) {
      assertThat(query(server, "show listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(longer.resolve("socket")).doesNotExist();
      assertThat(Files.getOwner(longer.resolve("data")))
          .as("the account may pass through directories that were just made")
          .isEqualTo(Files.getOwner(directory.resolve("data")));
      assertRefused(server, server.user(), "wrong", "28P01");
      assertRefused(server, Cluster.SUPERUSER, server.password(), "28000");
    }
    FileTree.delete(parent);
  }

  @Test
  void data_of_another_major_version_are_refused_and_left_alone() throws Exception {
    Path version = directory.resolve("data/PG_VERSION");
    String right = Files.readString(version);
    Files.writeString(version, "12\n");
    try {
      assertThatThrownBy(() -> EmbeddedPostgres.start(directory).close())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("PostgreSQL 12");
      assertThat(Files.readString(version)).isEqualTo("12\n");
    } finally {
      Files.writeString(version, right);
    }
  }

  private static void assertRefused(
      EmbeddedPostgres server, String user, String password, String state) {
    assertThatThrownBy(() -> DriverManager.getConnection(server.url(), user, password).close())
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(state));
  }

  private static String permissions(String name) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(name)));
  }

  /** Of this JVM; the console launcher has its own loader. */
  private static String classPath() {
    return EmbeddedPostgresTest.class.getClassLoader() instanceof URLClassLoader loader
        ? Arrays.stream(loader.getURLs())
            .map(URL::getPath)
            .collect(Collectors.joining(File.pathSeparator))
        : System.getProperty("java.class.path");
  }
}
