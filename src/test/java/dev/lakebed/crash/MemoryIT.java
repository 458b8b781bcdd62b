package dev.lakebed.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakebed.support.LakebedProcess;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** What a server with a heap of 256 MiB must bear. */
class MemoryIT {
  private static final String BUCKET = "memory";
  private static final long GIB = 1L << 30;
  private static final int MAX_BODIES = 900;
  private static final int FEWER_UPLOADS = 800;
  private static final int SLOW_UPLOADS = 1000;
  private static final int KEYS = 10_000;
  private static final int KEYS_PER_PREFIX = 100;
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TempDir static Path directory;
  private static LakebedProcess server;
  private static Clients clients;

  @BeforeAll
  static void start() throws Exception {
    server =
        LakebedProcess.serve(
            DataDirectories.under(directory),
            List.of("--config", "src/test/resources/config/seed.json"),
            Map.of(
                "LAKEBED_JAVA_OPTS",
                "-Xmx256m",
                "LAKEBED_MAX_BODIES",
                Integer.toString(MAX_BODIES),
                "LAKEBED_CLIENT_SHARE",
                "100"));
    clients = Clients.of(server.endpoint());
    clients.s3().createBucket(r -> r.bucket(BUCKET));
  }

  @AfterAll
  static void stop() {
    clients.close();
    server.close();
  }

  @AfterEach
  void server_has_had_memory_enough(TestReporter reporter) throws Exception {
    assertThat(server.output()).doesNotContain("OutOfMemoryError");
    assertThat(clients.s3().headBucket(r -> r.bucket(BUCKET)).sdkHttpResponse().statusCode())
        .isEqualTo(200);
    String status = Files.readString(Path.of("/proc", Long.toString(server.pid()), "status"));
    status.lines().filter(l -> l.startsWith("VmRSS")).forEach(reporter::publishEntry);
  }

  @Test
  void one_gibibyte_in_signed_chunks_comes_back_as_it_was_sent() throws Exception {
    MessageDigest sent = Content.digest("SHA-256");
    // Over plain HTTP the SDK signs every chunk and the checksum behind them.
    clients
        .s3()
        .putObject(
            r -> r.bucket(BUCKET).key("chunks"),
            RequestBody.fromContentProvider(
                () -> new DigestInputStream(new BigContent(GIB), sent),
                GIB,
                "application/octet-stream"));
    assertThat(hashOf("chunks")).isEqualTo(HexFormat.of().formatHex(sent.digest()));
    clients.s3().deleteObject(r -> r.bucket(BUCKET).key("chunks"));
  }

  @Test
  void one_gibibyte_of_unsigned_payload_comes_back_as_it_was_sent() throws Exception {
    MessageDigest sent = Content.digest("SHA-256");
    HttpRequest.BodyPublisher body =
        HttpRequest.BodyPublishers.fromPublisher(
            HttpRequest.BodyPublishers.ofInputStream(
                () -> new DigestInputStream(new BigContent(GIB), sent)),
            GIB);
    HttpResponse<String> answer =
        HTTP.send(
            HttpRequest.newBuilder(signedPut("plain")).PUT(body).build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(hashOf("plain")).isEqualTo(HexFormat.of().formatHex(sent.digest()));
    clients.s3().deleteObject(r -> r.bucket(BUCKET).key("plain"));
  }

  @Test
  void ten_thousand_keys_are_listed_by_eight_at_a_time() throws Exception {
    S3Client s3 = clients.s3();
    s3.createBucket(r -> r.bucket("many"));
    List<String> keys =
        IntStream.range(0, KEYS)
            .mapToObj(i -> "p%02d/%02d".formatted(i / KEYS_PER_PREFIX, i % KEYS_PER_PREFIX))
            .toList();
    List<String> prefixes =
        IntStream.range(0, KEYS / KEYS_PER_PREFIX).mapToObj("p%02d/"::formatted).toList();
    concurrently(
        16,
        keys.stream()
            .<Runnable>map(
                key ->
                    () -> s3.putObject(r -> r.bucket("many").key(key), RequestBody.fromString(key)))
            .toList());
    Runnable listing =
        () -> {
          assertThat(s3.listObjectsV2Paginator(r -> r.bucket("many").maxKeys(1000)).contents())
              .extracting(S3Object::key)
              .containsExactlyElementsOf(keys);
          assertThat(
                  s3.listObjectsV2Paginator(r -> r.bucket("many").delimiter("/").maxKeys(7))
                      .commonPrefixes())
              .extracting(CommonPrefix::prefix)
              .containsExactlyElementsOf(prefixes);
        };
    concurrently(
        8, List.of(listing, listing, listing, listing, listing, listing, listing, listing));
  }

  @Test
  void thousand_slow_uploads_are_bounded_and_others_are_served_meanwhile() throws Exception {
    S3Client s3 = clients.s3();
    s3.putObject(r -> r.bucket(BUCKET).key("other"), RequestBody.fromString("served"));
    CountDownLatch fewerSent = new CountDownLatch(FEWER_UPLOADS);
    CountDownLatch refused = new CountDownLatch(SLOW_UPLOADS - MAX_BODIES);
    CountDownLatch released = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> uploads = new ArrayList<>();
      try {
        for (int i = 0; i < FEWER_UPLOADS; i++) {
          uploads.add(threads.submit(slow(i, fewerSent, refused, released)));
        }
        assertThat(fewerSent.await(5, TimeUnit.MINUTES)).isTrue();
        assertThat(read("other")).isEqualTo("served");
        s3.putObject(r -> r.bucket(BUCKET).key("more"), RequestBody.fromString("served too"));
        assertThat(read("more")).isEqualTo("served too");

        for (int i = FEWER_UPLOADS; i < SLOW_UPLOADS; i++) {
          uploads.add(threads.submit(slow(i, fewerSent, refused, released)));
        }
        assertThat(refused.await(5, TimeUnit.MINUTES)).isTrue();
        assertThat(read("other")).isEqualTo("served");
        assertThatThrownBy(
                () -> s3.putObject(r -> r.bucket(BUCKET).key("x"), RequestBody.fromString("x")))
            .isInstanceOfSatisfying(
                S3Exception.class,
                e -> {
                  assertThat(e.statusCode()).isEqualTo(503);
                  assertThat(e.awsErrorDetails().errorCode()).isEqualTo("SlowDown");
                });
      } finally {
        released.countDown();
      }
      int finished = 0;
      int turnedAway = 0;
      for (int i = 0; i < SLOW_UPLOADS; i++) {
        int status = uploads.get(i).get();
        if (status == 200) {
          finished++;
          assertThat(size(i)).isEqualTo(SlowUpload.LENGTH);
        } else if (status == 503 || status == SlowUpload.HUNG_UP) {
          turnedAway++;
        } else {
          assertThat(status).isEqualTo(SlowUpload.GIVEN_UP);
          assertThat(size(i)).isEqualTo(-1);
        }
      }
      assertThat(turnedAway).isEqualTo(SLOW_UPLOADS - MAX_BODIES);
      assertThat(finished).isPositive();
    }
    putWhenThereIsRoom(s3);
  }

  /**
   * Two hundred clients without a key send every body that ever hurt a server; one with a key must
   * not notice more than the time that the machine has left for it. For some seconds here; {@code
   * -Dlakebed.flood.seconds=300} makes it the five minutes of the issue and looks at the times too.
   */
  @Test
  void a_flood_of_anonymous_bodies_does_no_harm_to_a_signed_client(TestReporter reporter)
      throws Exception {
    int seconds = Integer.getInteger("lakebed.flood.seconds", 5);
    SignedClient signed = new SignedClient(signedPut("flooded"));
    signed.run(Duration.ofSeconds(3));
    long quiet = signed.run(Duration.ofSeconds(Math.min(seconds, 60)));
    long flooded;
    long requests;
    try (AnonymousFlood flood = new AnonymousFlood(server.endpoint(), 200)) {
      flooded = signed.run(Duration.ofSeconds(seconds));
      requests = flood.requests();
    }
    reporter.publishEntry(
        Map.of(
            "quiet p99 in microseconds", Long.toString(quiet),
            "flooded p99 in microseconds", Long.toString(flooded),
            "anonymous requests", Long.toString(requests)));
    assertThat(requests).isPositive();
    assertThat(server.output()).doesNotContain("OutOfMemoryError");
    if (seconds >= 60) {
      assertThat(flooded).isLessThanOrEqualTo(5 * quiet);
    }
  }

  /** The places of uploads that were given up come back when the server notices. */
  private static void putWhenThereIsRoom(S3Client s3) {
    boolean stored = false;
    while (!stored) {
      try {
        s3.putObject(r -> r.bucket(BUCKET).key("x"), RequestBody.fromString("x"));
        stored = true;
      } catch (S3Exception busy) {
        assertThat(busy.statusCode()).isEqualTo(503);
      }
    }
  }

  private static SlowUpload slow(
      int number, CountDownLatch sent, CountDownLatch refused, CountDownLatch released) {
    return new SlowUpload(signedPut("slow/" + number), number % 10 == 0, sent, refused, released);
  }

  private static long size(int number) {
    try {
      return clients.s3().headObject(r -> r.bucket(BUCKET).key("slow/" + number)).contentLength();
    } catch (NoSuchKeyException absent) {
      return -1;
    }
  }

  private static String read(String key) {
    return clients.s3().getObjectAsBytes(r -> r.bucket(BUCKET).key(key)).asUtf8String();
  }

  private static String hashOf(String key) throws IOException {
    MessageDigest received = Content.digest("SHA-256");
    try (InputStream body = clients.s3().getObject(r -> r.bucket(BUCKET).key(key))) {
      new DigestInputStream(body, received).transferTo(java.io.OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(received.digest());
  }

  private static void concurrently(int threads, List<Runnable> work) throws Exception {
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      for (Future<?> result : work.stream().<Future<?>>map(pool::submit).toList()) {
        result.get();
      }
    }
  }

  /** A presigned URL; its payload is not signed. */
  private static URI signedPut(String key) {
    try (S3Presigner presigner = Clients.presigner(server.endpoint())) {
      return URI.create(
          presigner
              .presignPutObject(
                  r ->
                      r.signatureDuration(Duration.ofHours(1))
                          .putObjectRequest(p -> p.bucket(BUCKET).key(key)))
              .url()
              .toString());
    }
  }
}
