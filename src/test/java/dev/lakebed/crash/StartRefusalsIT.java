package dev.lakebed.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.storage.metadata.postgres.EmbeddedPostgres;
import dev.lakebed.support.LakebedProcess;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A server that cannot run says why in one sentence and ends, with the exit codes of
 * docs/configuration.md, and leaves everything as it was.
 */
class StartRefusalsIT {
  private static final String SECRET = "not-to-be-printed";
  private static final String[] TABLES = {"TABLE"};
  private static final List<String> SEED =
      List.of("--config", "src/test/resources/config/seed.json");

  @TempDir Path directory;
  private Path data = Path.of("");

  @BeforeEach
  void nameDataDirectory() throws Exception {
    data = DataDirectories.under(directory);
  }

  @Test
  void second_server_and_a_volume_that_is_not_mounted_are_refused() throws Exception {
    try (LakebedProcess first = LakebedProcess.serve(data, SEED, Map.of());
        Clients clients = Clients.of(first.endpoint())) {
      clients.s3().createBucket(r -> r.bucket("shared"));
      ObjectState object = new ObjectState("shared", "key");
      ObjectWrites.put(clients.s3(), object, new Content(1, 1000), r -> {});

      EndedStart second = EndedStart.serve(data, SEED, Map.of());

      assertRefused(second, 3, "owned by another server");
      assertThat(clients.s3().headObject(r -> r.bucket("shared").key("key")).eTag())
          .isEqualTo(object.acknowledged().orElseThrow().etag());
      ObjectWrites.put(clients.s3(), object, new Content(2, 1000), r -> {});
      assertThat(Postgres.postmaster(data)).isPresent();
    }
    Path volumes = data.resolve("volumes");
    Files.move(volumes, directory.resolve("away"));

    EndedStart unmounted = EndedStart.serve(data, SEED, Map.of());

    assertRefused(unmounted, 3, "is its disk mounted?");
    assertThat(volumes).doesNotExist();
  }

  @Test
  void port_in_use_is_refused_before_anything_is_made() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      assertRefused(EndedStart.serve(data, List.of("--port", port), Map.of()), 3, port);
    }
    assertThat(data).doesNotExist();
  }

  /** Who stops it knows why it does not start, and wants nothing left of it. */
  @Test
  void start_that_is_stopped_says_nothing_and_takes_its_database_with_it() throws Exception {
    EndedStart stopped =
        EndedStart.serve(data, SEED, Map.of(), "Configuration read", Process::destroy);
    assertThat(stopped.exitCode()).as(stopped.output()).isEqualTo(143);
    assertThat(stopped.sentences()).as(stopped.output()).isEmpty();
    assertThat(stopped.output()).doesNotContain("cannot start", "ERROR", "Exception");
    assertThat(Postgres.postmaster(data)).isEmpty();
  }

  /**
   * The launcher found the port free; who takes it before the listener opens must not be missed.
   */
  @Test
  void port_that_is_taken_while_the_server_starts_is_refused() throws Exception {
    int port = LakebedProcess.freePort();
    try (ServerSocket late = new ServerSocket()) {
      EndedStart refused =
          EndedStart.serve(
              data,
              List.of("--port", Integer.toString(port)),
              Map.of(),
              "Configuration read",
              process -> late.bind(new InetSocketAddress("127.0.0.1", port)));
      assertRefused(refused, 3, "cannot listen on 127.0.0.1 port " + port);
      assertThat(refused.sentences().getFirst()).endsWith("--port (LAKEBED_PORT) takes another");
      assertThat(refused.output()).doesNotContain("Ready");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--bucket", "--table-bucket", "--cors"})
  void name_that_no_bucket_can_have_is_refused_and_nothing_is_started(String option)
      throws Exception {
    assertRefused(
        EndedStart.serve(data, List.of(option, "UP"), Map.of()), 2, "names UP, which can be no");
    assertThat(data).doesNotExist();
  }

  @Test
  void data_directory_that_cannot_be_made_is_refused() throws Exception {
    // Below a file nobody can make a directory, root neither.
    Path file = Files.writeString(directory.resolve("file"), "mine");
    Path below = file.resolve("data");
    assertRefused(EndedStart.serve(below, SEED, Map.of()), 3, below.toString());
    assertThat(file).hasContent("mine");
  }

  @Test
  void file_where_a_directory_must_be_is_refused_by_name() throws Exception {
    Path keys = Files.writeString(Files.createDirectories(data).resolve("keys"), "mine");
    assertRefused(EndedStart.serve(data, SEED, Map.of()), 3, keys.toString());
    assertThat(keys).hasContent("mine");
  }

  @Test
  void configuration_is_refused_with_every_problem_and_nothing_is_started() throws Exception {
    Path config = directory.resolve("bad.json");
    Files.writeString(
        config,
        """
        {"identities": [{"name": "", "credentials": [{"accessKey": "a"}], "actions": ["Fly"]}],
         "roles": [{"roleName": "r", "trustPolicy": {"Version": "1999-01-01"}}],
         "surprise": true}
        """);
    EndedStart refused = EndedStart.serve(data, List.of("--config", config.toString()), Map.of());
    assertThat(refused.exitCode()).as(refused.output()).isEqualTo(2);
    assertThat(refused.sentences())
        .anyMatch(s -> s.contains("identities[0].name"))
        .anyMatch(s -> s.contains("identities[0].credentials[0]"))
        .anyMatch(s -> s.contains("identities[0].actions[0]"))
        .anyMatch(s -> s.contains("roles[0].trustPolicy"))
        .anyMatch(s -> s.contains("surprise"));
    assertThat(data).doesNotExist();
  }

  @Test
  void text_that_is_not_json_is_refused_and_nothing_is_started() throws Exception {
    Path config = Files.writeString(directory.resolve("bad.json"), "{\"identities\": [");
    assertRefused(
        EndedStart.serve(data, List.of("--config", config.toString()), Map.of()), 2, "bad.json");
    assertThat(data).doesNotExist();
  }

  @Test
  void unreachable_database_is_refused() throws Exception {
    String url = "jdbc:postgresql://127.0.0.1:" + LakebedProcess.freePort() + "/lakebed";
    EndedStart refused =
        EndedStart.serve(
            data,
            SEED,
            Map.of("LAKEBED_DB_URL", url, "LAKEBED_DB_USER", "u", "LAKEBED_DB_PASSWORD", SECRET));
    assertRefused(refused, 3, "cannot connect to the database");
    assertThat(refused.output()).doesNotContain(SECRET);
  }

  @Test
  void database_of_a_later_version_is_refused_and_left_alone() throws Exception {
    try (EmbeddedPostgres database = EmbeddedPostgres.start(directory.resolve("database"))) {
      String url = database.url();
      String[] later = {
        "CREATE TABLE flyway_schema_history (installed_rank int PRIMARY KEY, version varchar(50),"
            + " description varchar(200), type varchar(20), script varchar(1000), checksum int,"
            + " installed_by varchar(100), installed_on timestamp DEFAULT now(),"
            + " execution_time int, success boolean)",
        "INSERT INTO flyway_schema_history (installed_rank, version, description, type, script,"
            + " installed_by, execution_time, success) VALUES (1, '999', 'later', 'SQL',"
            + " 'V999__later.sql', 'x', 1, true)"
      };
      try (Connection connection =
              DriverManager.getConnection(url, database.user(), database.password());
          Statement statement = connection.createStatement()) {
        for (String sql : later) {
          statement.execute(sql);
        }
      }
      EndedStart refused =
          EndedStart.serve(
              data,
              SEED,
              Map.of(
                  "LAKEBED_DB_URL", url,
                  "LAKEBED_DB_USER", database.user(),
                  "LAKEBED_DB_PASSWORD", database.password()));
      assertRefused(refused, 3, "later Lakebed (schema version 999)");
      assertThat(refused.output()).doesNotContain(database.password());
      try (Connection connection =
              DriverManager.getConnection(url, database.user(), database.password());
          ResultSet tables = connection.getMetaData().getTables(null, "public", "%", TABLES)) {
        assertThat(tables.next()).isTrue();
        assertThat(tables.getString("TABLE_NAME")).isEqualTo("flyway_schema_history");
        assertThat(tables.next()).isFalse();
      }
    }
  }

  private static void assertRefused(EndedStart start, int exitCode, String words) {
    assertThat(start.exitCode()).as(start.output()).isEqualTo(exitCode);
    assertThat(start.sentences()).singleElement().asString().contains(words);
  }
}
