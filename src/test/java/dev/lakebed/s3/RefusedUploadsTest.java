package dev.lakebed.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.http.RequestBody;
import dev.lakebed.kit.Answer;
import dev.lakebed.kit.TestBody;
import dev.lakebed.kit.TestClient;
import dev.lakebed.kit.TestServer;
import dev.lakebed.storage.blob.SegmentedBlobStore;
import dev.lakebed.storage.blob.volume.VolumeLedger;
import dev.lakebed.storage.blob.volume.VolumeSettings;
import dev.lakebed.storage.metadata.DatabaseSettings;
import dev.lakebed.storage.metadata.postgres.EmbeddedPostgres;
import dev.lakebed.storage.metadata.store.MetadataStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An upload that is refused takes its bytes with it, whatever refuses it. */
class RefusedUploadsTest {
  private static final int UPLOADS = 64;
  private static final int SMALL = 1000;
  private static final int LONG = 100_000;

  @TempDir private static Path directory;

  private static EmbeddedPostgres server;
  private static MetadataStore metadata;
  private static SegmentedBlobStore blobs;
  private static TestClient s3;

  @BeforeAll
  static void open() throws IOException {
    // The account that PostgreSQL runs under must be able to pass.
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    start();
    blobs =
        SegmentedBlobStore.open(
            // Small blobs end at 32 KiB; one segment takes all of the test.
            new VolumeSettings(
                directory.resolve("data"), 4096, 32768, 1 << 20, 1 << 24, 0, 1 << 20, 1024, 64),
            (ref, descriptor) -> false,
            volumes());
    s3 = server();
    s3.send("PUT", "/bkt");
    s3.put("/bkt/kept", "kept");
    awaitSpareSegment();
  }

  private static void start() throws IOException {
    server = EmbeddedPostgres.start(directory.resolve("database"));
    metadata =
        MetadataStore.open(
            new DatabaseSettings.External(server.url(), server.user(), server.password()));
  }

  /** The database of the moment: a test stops it and starts it again. */
  private static VolumeLedger volumes() {
    return metadata.volumes();
  }

  private static TestClient server() {
    return TestServer.with().over(metadata, blobs).start().s3();
  }

  @BeforeEach
  void startAgain() throws IOException {
    if (server == null) {
      start();
      s3 = server();
    }
  }

  @AfterAll
  static void close() throws IOException {
    blobs.close();
    if (server != null) {
      stop();
    }
  }

  private static void stop() throws IOException {
    metadata.close();
    server.close();
    server = null;
  }

  private static void awaitSpareSegment() throws IOException {
    for (int i = 0; i < 10_000 && segmentBytes() < (1 << 20); i++) {
      pause();
    }
  }

  private static long segmentBytes() throws IOException {
    return bytesUnder("data/volumes/0/segments");
  }

  private static long volumeBytes() throws IOException {
    return bytesUnder("data/volumes");
  }

  private static long bytesUnder(String folder) throws IOException {
    try (Stream<Path> paths = Files.walk(directory.resolve(folder))) {
      return paths.filter(Files::isRegularFile).mapToLong(RefusedUploadsTest::size).sum();
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException gone) {
      return 0;
    }
  }

  private static void pause() {
    try {
      Thread.sleep(1);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The space of small ones is given back by the thread that commits them. */
  private static void assertBytes(long expected) throws IOException {
    for (int i = 0; i < 10_000 && volumeBytes() != expected; i++) {
      pause();
    }
    assertThat(volumeBytes()).isEqualTo(expected);
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  /** A body before whose bytes something happens. */
  private record EventfulBody(byte[] bytes, Runnable event) implements RequestBody {
    @Override
    public OptionalLong length() {
      return OptionalLong.of(bytes.length);
    }

    @Override
    public InputStream open() {
      event.run();
      return new ByteArrayInputStream(bytes);
    }
  }

  private static Answer put(String target, int length, Runnable event, String... headers) {
    return s3.send("PUT", target, new EventfulBody(bytes(length), event), headers);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void a_database_that_stops_under_uploads_leaves_no_byte_behind() throws Exception {
    String id = s3.send("POST", "/bkt/parts?uploads").element("UploadId");
    long before = volumeBytes();
    CountDownLatch arrived = new CountDownLatch(UPLOADS);
    CountDownLatch gate = new CountDownLatch(1);
    List<Future<Answer>> uploads = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(UPLOADS)) {
      for (int i = 0; i < UPLOADS; i++) {
        int length = i % 2 == 0 ? SMALL + i : LONG + i;
        String target =
            i % 4 < 2 ? "/bkt/object" + i : "/bkt/parts?uploadId=" + id + "&partNumber=" + (i + 1);
        uploads.add(
            threads.submit(
                () ->
                    put(
                        target,
                        length,
                        () -> {
                          arrived.countDown();
                          await(gate);
                        })));
      }
      arrived.await();
      server.close();
      gate.countDown();
      for (Future<Answer> upload : uploads) {
        assertThat(upload.get().code()).isEqualTo("SlowDown");
      }
    }
    assertBytes(before);
    metadata.close();
    server = null;
  }

  @Test
  void uploads_refused_by_checks_conditions_and_clients_leave_no_byte_behind() throws IOException {
    for (int length : new int[] {SMALL, LONG}) {
      String ended = s3.send("POST", "/bkt/ended?uploads").element("UploadId");
      String upload = "/bkt/ended?uploadId=" + ended;
      s3.send("PUT", "/doomed");
      long before = volumeBytes();
      assertThat(put("/bkt/a", length, () -> {}, "content-md5", "1B2M2Y8AsgTpgAmY7PhCfg==").code())
          .isEqualTo("BadDigest");
      TestBody cut = TestBody.failing(bytes(length), new IOException("client gone"));
      assertThat(s3.send("PUT", "/bkt/a", cut).code()).isEqualTo("IncompleteBody");
      assertThat(put(upload + "&partNumber=1", length, () -> s3.send("DELETE", upload)).code())
          .isEqualTo("NoSuchUpload");
      assertThat(put("/doomed/a", length, () -> s3.send("DELETE", "/doomed")).code())
          .isEqualTo("NoSuchBucket");
      assertBytes(before);
    }
  }

  @Test
  void an_upload_whose_condition_fails_at_the_commit_leaves_no_byte_behind() throws IOException {
    for (int length : new int[] {SMALL, LONG}) {
      s3.send("DELETE", "/bkt/raced");
      long[] before = {0};
      Answer refused =
          put(
              "/bkt/raced",
              length,
              () -> {
                s3.put("/bkt/raced", "won");
                before[0] = bytesOnVolume();
              },
              "if-none-match",
              "*");
      assertThat(refused.code()).isEqualTo("PreconditionFailed");
      assertBytes(before[0]);
      assertThat(s3.send("GET", "/bkt/raced").text()).isEqualTo("won");
    }
  }

  private static long bytesOnVolume() {
    try {
      return volumeBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
