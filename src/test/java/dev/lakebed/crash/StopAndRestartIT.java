package dev.lakebed.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.storage.metadata.postgres.EmbeddedPostgres;
import dev.lakebed.support.LakebedProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.ds.PGSimpleDataSource;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * A server that is asked to stop (Ctrl-C, SIGTERM) takes its database with it, and the next one on
 * its data serves the same. The exit code is the one that the JDK gives for the signal: 128 + 15.
 */
class StopAndRestartIT {
  private static final int TERMINATED = 143;

  @Test
  void terminated_server_leaves_no_process_and_the_next_one_serves_the_same(@TempDir Path directory)
      throws Exception {
    Path data = DataDirectories.under(directory);
    List<String> options = List.of("--config", "src/test/resources/config/seed.json");
    ObjectState small = new ObjectState("kept", "small");
    ObjectState large = new ObjectState("kept", "large");
    List<ProcessHandle> database;
    try (LakebedProcess server = LakebedProcess.serve(data, options, Map.of())) {
      try (Clients clients = Clients.of(server.endpoint())) {
        clients.s3().createBucket(r -> r.bucket("kept"));
        ObjectWrites.put(clients.s3(), small, new Content(1, 10_000), r -> {});
        ObjectWrites.put(clients.s3(), large, new Content(2, 3_000_000), r -> {});
      }
      database = Postgres.processes(data);
      ProcessHandle handle = ProcessHandle.of(server.pid()).orElseThrow();
      assertThat(server.stop()).isTrue();
      assertThat(handle.isAlive()).isFalse();
      assertThat(server.exitCode()).as(server.output()).isEqualTo(TERMINATED);
      assertThat(server.output().lines()).last().asString().endsWith("INFO    Stopped");
      assertThat(server.output()).doesNotContain("JdbcRuntimeExtension", "Payara Micro STOPPED");
    }
    assertThat(database).isNotEmpty().noneMatch(ProcessHandle::isAlive);
    assertThat(Postgres.postmaster(data)).isEmpty();
    assertThat(data.resolve("postgres/data/postmaster.pid")).doesNotExist();
    assertThat(lastUses(data)).as("noted by a part that closes before the database").isPositive();

    try (LakebedProcess server = LakebedProcess.serve(data, options, Map.of());
        Clients clients = Clients.of(server.endpoint())) {
      for (ObjectState object : List.of(small, large)) {
        ResponseBytes<GetObjectResponse> answer =
            clients.s3().getObjectAsBytes(r -> r.bucket("kept").key(object.key()));
        assertThat(Version.read(answer.asByteArrayUnsafe(), answer.response().eTag()))
            .isEqualTo(object.acknowledged().orElseThrow());
      }
    }
  }

  private static long lastUses(Path data) throws IOException, SQLException {
    try (EmbeddedPostgres database = EmbeddedPostgres.start(data.resolve("postgres"));
        Connection connection = database.source().getConnection();
        ResultSet uses =
            connection.createStatement().executeQuery("SELECT count(*) FROM iam_last_use")) {
      uses.next();
      return uses.getLong(1);
    }
  }

  /** How a server is run. */
  private enum Way {
    LAUNCHER,
    WAR_ON_PAYARA_MICRO;

    LakebedProcess serve(Path data) throws IOException, InterruptedException {
      String seed = Path.of("src/test/resources/config/seed.json").toAbsolutePath().toString();
      return this == LAUNCHER
          ? LakebedProcess.serve(data, List.of("--config", seed), Map.of())
          : LakebedProcess.war(data, Map.of("LAKEBED_CONFIG", seed, "LAKEBED_ICEBERG_PORT", "0"));
    }
  }

  /** A request that is still under way keeps the server from ending for a while. */
  @ParameterizedTest
  @EnumSource
  void who_writes_to_a_server_that_stops_has_an_answer_and_who_asks_it_is_told_to_come_again(
      Way way, @TempDir Path directory) throws Exception {
    Path data = DataDirectories.under(directory);
    CountDownLatch sent = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    List<ProcessHandle> database;
    try (LakebedProcess server = way.serve(data);
        Clients clients = Clients.of(server.endpoint());
        S3Presigner presigner = Clients.presigner(server.endpoint());
        HttpClient http = HttpClient.newHttpClient();
        ExecutorService uploads = Executors.newFixedThreadPool(1)) {
      clients.s3().createBucket(r -> r.bucket("kept"));
      URI put =
          URI.create(
              presigner
                  .presignPutObject(
                      p ->
                          p.signatureDuration(Duration.ofHours(1))
                              .putObjectRequest(r -> r.bucket("kept").key("slow")))
                  .url()
                  .toString());
      Future<Integer> upload =
          uploads.submit(new SlowUpload(put, true, sent, new CountDownLatch(1), released));
      sent.await();
      // The server has the upload before its answer to this.
      clients.s3().headBucket(r -> r.bucket("kept"));
      database = Postgres.processes(data);
      ProcessHandle.of(server.pid()).orElseThrow().destroy();
      HttpRequest get = HttpRequest.newBuilder(server.endpoint().resolve("/kept/none")).build();
      HttpResponse<String> answer = http.send(get, HttpResponse.BodyHandlers.ofString());
      while (answer.statusCode() == 403) {
        assertThat(answer.headers().firstValue("x-amz-request-id")).isPresent();
        answer = http.send(get, HttpResponse.BodyHandlers.ofString());
      }
      released.countDown();
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body()).isEmpty();
      // 503 on a machine where the two seconds that it has are too short.
      assertThat(upload.get()).as(server.output()).isIn(200, 503);
      assertThat(server.stop()).isTrue();
      assertThat(server.exitCode()).as(server.output()).isEqualTo(TERMINATED);
      assertThat(server.output().strip()).endsWith(" Stopped");
    }
    assertThat(database).isNotEmpty().noneMatch(ProcessHandle::isAlive);
    assertThat(data.resolve("postgres/data/postmaster.pid")).doesNotExist();
  }

  @Test
  void server_on_an_external_database_says_that_it_has_stopped(@TempDir Path directory)
      throws Exception {
    try (EmbeddedPostgres database = EmbeddedPostgres.start(directory.resolve("external"))) {
      PGSimpleDataSource source = database.source();
      Map<String, String> environment =
          Map.of(
              "LAKEBED_DB_URL", url(source),
              "LAKEBED_DB_USER", String.valueOf(source.getUser()),
              "LAKEBED_DB_PASSWORD", String.valueOf(source.getPassword()));
      Path data = DataDirectories.under(directory);
      try (LakebedProcess server = LakebedProcess.serve(data, List.of(), environment)) {
        assertThat(server.stop()).isTrue();
        assertThat(server.exitCode()).as(server.output()).isEqualTo(TERMINATED);
        assertThat(server.output().lines()).last().asString().endsWith("INFO    Stopped");
      }
    }
  }

  /** With the port, which only a connection knows. */
  private static String url(PGSimpleDataSource source) throws SQLException {
    try (Connection connection = source.getConnection()) {
      return connection.getMetaData().getURL();
    }
  }
}
