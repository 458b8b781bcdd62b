package dev.lakebed.metadata.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Expectations from design.md D1. */
class EmbeddedPostgresTest {
  private static Path directory;

  @BeforeAll
  static void create() throws IOException {
    directory = newDirectory();
    EmbeddedPostgres.start(directory).close();
  }

  @AfterAll
  static void delete() throws IOException {
    Trees.delete(directory);
  }

  @Test
  void the_server_is_durable_local_and_guarded_by_a_password() throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.start(directory)) {
      for (String option : List.of("fsync", "synchronous_commit", "full_page_writes")) {
        assertThat(query(server, "show " + option)).as(option).isEqualTo("on");
      }
      assertThat(query(server, "show listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(query(server, "show unix_socket_directories")).isEmpty();
      assertThat(query(server, "show server_encoding")).isEqualTo("UTF8");
      assertThat(query(server, "select datcollate from pg_database limit 1")).isEqualTo("C");
      assertThat(query(server, "show data_checksums")).isEqualTo("on");
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(directory.resolve("password"))))
          .isEqualTo("rw-------");
      String url = "jdbc:postgresql://127.0.0.1:" + server.port() + "/postgres";
      assertThatThrownBy(() -> DriverManager.getConnection(url, server.user(), "wrong").close())
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
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

  @Test
  void a_creation_that_was_interrupted_is_begun_anew() throws Exception {
    Path begun = newDirectory();
    Files.createDirectories(begun.resolve("data.new/half"));
    try (EmbeddedPostgres server = EmbeddedPostgres.start(begun)) {
      assertThat(query(server, "select 1")).isEqualTo("1");
    }
    Trees.delete(begun);
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

  /** Of this JVM; the console launcher has its own loader. */
  private static String classPath() {
    return EmbeddedPostgresTest.class.getClassLoader() instanceof URLClassLoader loader
        ? Arrays.stream(loader.getURLs())
            .map(URL::getPath)
            .collect(Collectors.joining(File.pathSeparator))
        : System.getProperty("java.class.path");
  }

  private static Path newDirectory() throws IOException {
    Path created = Files.createTempDirectory("lakebed-postgres");
    // The account that PostgreSQL runs under must be able to pass.
    return Files.setPosixFilePermissions(created, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static String query(EmbeddedPostgres server, String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + server.port() + "/postgres",
                server.user(),
                server.password());
        Statement statement = connection.createStatement()) {
      boolean rows = statement.execute(sql);
      while (!rows) {
        rows = statement.getMoreResults();
      }
      try (ResultSet row = statement.getResultSet()) {
        row.next();
        return row.getString(1);
      }
    }
  }
}
