package dev.lakebed.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.audit.AuditRecord.AuditLine;
import dev.lakebed.auth.Denial;
import dev.lakebed.auth.Permission;
import dev.lakebed.auth.Permission.Resource;
import dev.lakebed.auth.Principal;
import dev.lakebed.auth.Principal.SessionFacts;
import dev.lakebed.policy.Decision;
import dev.lakebed.policy.Decision.Layer;
import dev.lakebed.policy.Question.Grants;
import dev.lakebed.support.Evidence;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The audit trail as docs/operations.md promises it. */
class AuditLogTest {
  @TempDir private Path directory;

  private static final Principal SESSION =
      new Principal.RoleSession(
          "000000000000",
          "arn:aws:sts::000000000000:assumed-role/R/s",
          "AROAX",
          "arn:aws:iam::000000000000:role/R",
          new SessionFacts(
              "s",
              Instant.EPOCH,
              Instant.MAX,
              Map.of(),
              Set.of(),
              Optional.of("alice"),
              List.of("AKBASE"),
              Map.of()),
          Grants.NONE);

  private static AuditRecord record(String id, Optional<Principal> caller, boolean denied) {
    Permission permission =
        Permission.of("s3:GetObject", Resource.of("arn:aws:s3:::b/a\nb\"c", "000000000000"));
    Decision decision = new Decision.ExplicitDeny(Layer.SESSION, "p", "Sid1");
    List<Denial> denials =
        caller.filter(who -> denied).stream()
            .map(who -> Denial.of(who, permission, decision, "", Map.of()))
            .toList();
    return new AuditRecord(
        Instant.EPOCH,
        id,
        caller,
        Optional.of("ASIAX"),
        "192.0.2.7",
        Optional.of("agent"),
        "S3",
        "GetObject",
        "GET /b/a",
        Optional.of(permission),
        denied,
        denials,
        denied ? 403 : 200,
        denied ? Optional.of("AccessDenied") : Optional.empty());
  }

  private static JsonObject json(String line) {
    try (var reader = Json.createReader(new StringReader(line))) {
      return reader.readObject();
    }
  }

  private List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.sorted().toList();
    }
  }

  @Test
  @Evidence("attack-79")
  void a_line_says_who_as_whom_from_where_what_and_the_decision() {
    AuditRecord record = record("R1", Optional.of(SESSION), true);
    String text = new AuditLine().of(record);
    assertThat(text).doesNotContain("\n");
    JsonObject line = json(text);
    assertThat(line.getString("requestId")).isEqualTo("R1");
    assertThat(line.getString("time")).isEqualTo("1970-01-01T00:00:00Z");
    assertThat(line.getJsonObject("who").getString("arn")).isEqualTo(SESSION.arn());
    assertThat(line.getJsonObject("who").getString("accessKeyId")).isEqualTo("ASIAX");
    JsonObject session = line.getJsonObject("session");
    assertThat(session.getString("sourceIdentity")).isEqualTo("alice");
    assertThat(session.getJsonArray("chain").getString(0)).isEqualTo("AKBASE");
    assertThat(line.getString("sourceIp")).isEqualTo("192.0.2.7");
    assertThat(line.getString("action")).isEqualTo("s3:GetObject");
    assertThat(line.getString("resource")).isEqualTo("arn:aws:s3:::b/a\nb\"c");
    assertThat(line.getString("decision")).isEqualTo("denied");
    assertThat(line.getString("decisionId")).isEqualTo(record.denials().getFirst().id());
    assertThat(line.getString("reason")).contains("session policy p, statement Sid1");
    assertThat(line.getString("kind")).isEqualTo("explicitDeny");
    assertThat(line.getString("layer")).isEqualTo("SESSION");
    assertThat(line.getString("policy")).isEqualTo("p");
    assertThat(line.getString("statement")).isEqualTo("Sid1");
    assertThat(line.getString("request")).isEqualTo("GET /b/a");
    assertThat(line.getInt("status")).isEqualTo(403);
    assertThat(line.getString("errorCode")).isEqualTo("AccessDenied");
  }

  @Test
  void a_key_that_was_not_verified_is_only_a_claim() {
    JsonObject line = json(new AuditLine().of(record("R1", Optional.empty(), true)));
    assertThat(line.getJsonObject("who").getString("type")).isEqualTo("Unauthenticated");
    assertThat(line.getJsonObject("who").getString("claimedKeyId")).isEqualTo("ASIAX");
    assertThat(line.getString("decision")).isEqualTo("denied");
  }

  @Test
  void every_record_of_many_threads_is_written_once() throws Exception {
    try (AuditLog log = new AuditLog(directory, 1 << 20, 1000)) {
      try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
        for (int thread = 0; thread < 8; thread++) {
          int number = thread;
          threads.submit(
              () -> {
                for (int i = 0; i < 3000; i++) {
                  log.add(record(number + "-" + i, Optional.of(SESSION), false));
                }
              });
        }
      }
    }
    List<String> ids = new ArrayList<>();
    for (Path file : files()) {
      lines(file).forEach(line -> ids.add(json(line).getString("requestId")));
    }
    assertThat(ids).hasSize(24_000).doesNotHaveDuplicates();
  }

  @Test
  void files_have_a_bound_in_size_and_number_and_the_newest_stay() throws IOException {
    try (AuditFiles files = new AuditFiles(directory, 100, 3)) {
      for (int i = 0; i < 20; i++) {
        files.write("line " + i + " " + "x".repeat(40));
      }
    }
    assertThat(files()).hasSize(3);
    List<String> kept = new ArrayList<>();
    for (Path file : files()) {
      assertThat(Files.size(file)).isLessThanOrEqualTo(100);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      kept.addAll(lines(file));
    }
    assertThat(kept).allMatch(line -> line.matches("line 1[4-9] x+"));
  }

  /** A disk that takes nothing for a while: memory has a bound, requests wait, nothing is lost. */
  @Test
  void a_full_queue_makes_requests_wait() throws Exception {
    int all = 20_000;
    Path pipe = directory.resolve("audit.jsonl");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    CompletableFuture<InputStream> opened =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return Files.newInputStream(pipe);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    AuditLog log = new AuditLog(directory, Long.MAX_VALUE, 3);
    InputStream in = opened.get();
    AtomicInteger added = new AtomicInteger();
    Thread requests =
        Thread.ofPlatform()
            .start(
                () -> {
                  for (int i = 0; i < all; i++) {
                    log.add(record("R" + i, Optional.of(SESSION), false));
                    added.incrementAndGet();
                  }
                });
    while (requests.getState() != Thread.State.WAITING) {
      assertThat(requests.isAlive()).as("it must come to wait").isTrue();
      Thread.onSpinWait();
    }
    assertThat(added).hasValueLessThan(12_000);
    CompletableFuture<Long> lines =
        CompletableFuture.supplyAsync(
            () -> new BufferedReader(new InputStreamReader(in, UTF_8)).lines().count());
    requests.join();
    log.close();
    assertThat(lines.get(60, TimeUnit.SECONDS)).isEqualTo(all);
    assertThat(log.lost()).isZero();
  }

  /** CWE-150: bytes of a header that command a terminal, and C1 controls, which JSON lets pass. */
  @Test
  @Evidence("attack-79")
  void nobody_commands_the_terminal_of_who_reads_the_trail() {
    AuditRecord plain = record("R1", Optional.of(SESSION), false);
    String hostile = "x\r\n{\"a\":1}\u001b[2J\u009b1m\u202e";
    AuditRecord record =
        new AuditRecord(
            plain.time(),
            plain.requestId(),
            plain.caller(),
            plain.accessKeyId(),
            plain.sourceIp(),
            Optional.of(hostile),
            plain.protocol(),
            plain.operation(),
            plain.request(),
            plain.asked(),
            plain.denied(),
            plain.denials(),
            plain.status(),
            plain.errorCode());
    String text = new AuditLine().of(record);
    assertThat(text.chars().noneMatch(Character::isISOControl)).isTrue();
    assertThat(text).doesNotContain("\u202e");
    assertThat(json(text).getString("userAgent")).isEqualTo(hostile);
  }

  @Test
  void a_new_start_goes_on_with_the_file() throws IOException {
    for (int start = 0; start < 2; start++) {
      try (AuditLog log = new AuditLog(directory, 1 << 20, 3)) {
        log.add(record("start-" + start, Optional.of(SESSION), false));
      }
    }
    assertThat(lines(directory.resolve("audit.jsonl"))).hasSize(2);
  }

  @Test
  void what_the_disk_does_not_take_is_counted() throws Exception {
    AuditLog log = new AuditLog(directory, 1, 3);
    try (log) {
      log.add(record("first", Optional.of(SESSION), false));
      // A file that is always full and a directory that is gone: the next line finds no place.
      while (log.written() == 0) {
        Thread.onSpinWait();
      }
      for (Path file : files()) {
        Files.delete(file);
      }
      Files.delete(directory);
      log.add(record("second", Optional.of(SESSION), false));
      while (log.lost() == 0) {
        Thread.onSpinWait();
      }
      Files.createDirectories(directory);
    } catch (IOException closedTwice) {
      assertThat(log.lost()).isEqualTo(1);
    }
    assertThat(log.lost()).isEqualTo(1);
  }
}
