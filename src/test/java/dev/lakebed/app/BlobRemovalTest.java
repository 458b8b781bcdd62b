package dev.lakebed.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.app.Housekeeping.BlobRemoval;
import dev.lakebed.http.Response;
import dev.lakebed.http.Response.ResponseBody;
import dev.lakebed.kit.TestClient;
import dev.lakebed.kit.TestServer;
import dev.lakebed.s3.object.BlobDescriptor;
import dev.lakebed.storage.blob.SegmentedBlobStore;
import dev.lakebed.storage.blob.volume.BlobRef;
import dev.lakebed.storage.blob.volume.VolumeSettings;
import dev.lakebed.storage.metadata.DatabaseSettings;
import dev.lakebed.storage.metadata.MetadataUnavailableException.UnknownOutcomeException;
import dev.lakebed.storage.metadata.bucket.Bucket;
import dev.lakebed.storage.metadata.object.Objects;
import dev.lakebed.storage.metadata.object.StoredObject;
import dev.lakebed.storage.metadata.store.MetadataStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an overwrite displaces goes when its last reader has gone, and not before. */
class BlobRemovalTest {
  private static final String FIRST = "1".repeat(5 << 20);
  private static final String SECOND = "2".repeat(300_000);

  @TempDir private static Path directory;

  private static MetadataStore metadata;
  private static SegmentedBlobStore blobs;
  private static BlobRemoval removal;
  private static TestServer server;
  private static TestClient s3;

  /** What the next look-up of an object finds although it is there no more. */
  private static final AtomicReference<Optional<StoredObject>> STALE =
      new AtomicReference<>(Optional.empty());

  /** When the connection is lost under the next write. */
  private enum Loss {
    NONE,
    BEFORE_COMMIT,
    AFTER_COMMIT
  }

  private static final AtomicReference<Loss> LOSES = new AtomicReference<>(Loss.NONE);

  @BeforeAll
  static void open() throws IOException {
    // The account that PostgreSQL runs under must be able to pass.
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    metadata = MetadataStore.open(new DatabaseSettings.Embedded(directory.resolve("database")));
    blobs =
        SegmentedBlobStore.open(
            VolumeSettings.defaults(directory.resolve("data")),
            (ref, descriptor) -> {
              BlobDescriptor known = BlobDescriptor.decode(descriptor);
              return metadata.blobNames().isNamed(known.bucket(), known.key(), ref);
            },
            metadata.volumes());
    removal = new BlobRemoval(metadata.releasedBlobs(), blobs);
    server =
        TestServer.with().over(metadata, blobs).objects(staleAtTimes(metadata.objects())).start();
    s3 = server.s3();
    s3.send("PUT", "/bkt");
  }

  private static Objects staleAtTimes(Objects real) {
    return (Objects)
        Proxy.newProxyInstance(
            Objects.class.getClassLoader(),
            new Class<?>[] {Objects.class},
            (self, method, arguments) -> {
              if (method.getName().equals("put") && LOSES.get() != Loss.NONE) {
                if (LOSES.getAndSet(Loss.NONE) == Loss.AFTER_COMMIT) {
                  method.invoke(real, arguments);
                }
                throw new UnknownOutcomeException("lost", new IOException());
              }
              Optional<StoredObject> stale =
                  method.getName().equals("find")
                      ? STALE.getAndSet(Optional.empty())
                      : Optional.empty();
              return stale.isPresent() ? stale : method.invoke(real, arguments);
            });
  }

  @AfterAll
  static void close() throws IOException {
    removal.close();
    blobs.close();
    metadata.close();
  }

  private static void putInParts(String key) {
    String id = s3.send("POST", key + "?uploads").element("UploadId");
    String target = key + "?uploadId=" + id;
    String body =
        "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>%s</ETag></Part>"
            + "<Part><PartNumber>2</PartNumber><ETag>%s</ETag></Part></CompleteMultipartUpload>";
    String one = s3.put(target + "&partNumber=1", FIRST).header("etag");
    String two = s3.put(target + "&partNumber=2", SECOND).header("etag");
    assertThat(s3.post(target, body.formatted(one, two)).status()).isEqualTo(200);
  }

  private static StoredObject stored(String key) {
    Bucket bucket = metadata.buckets().find("bkt").orElseThrow();
    return metadata.objects().find(bucket.id(), key).orElseThrow();
  }

  private static List<BlobRef> refs(StoredObject object) {
    return object.chunks().stream().map(chunk -> chunk.ref()).toList();
  }

  private static List<BlobRef> released() {
    return metadata.releasedBlobs().page(Optional.empty(), 1000);
  }

  private static long chunkFiles() throws IOException {
    try (Stream<Path> paths = Files.walk(directory.resolve("data/volumes/0"))) {
      return paths
          .filter(Files::isRegularFile)
          .filter(path -> !path.toString().contains("segments"))
          .filter(path -> path.getFileName().toString().length() == 16)
          .count();
    }
  }

  private static String taken(Response response) throws IOException {
    ResponseBody.Streamed body = (ResponseBody.Streamed) response.body();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      body.writer().writeTo(bytes);
    } finally {
      body.end().run();
    }
    return bytes.toString(UTF_8);
  }

  @Test
  void an_object_overwritten_while_it_is_read_is_read_to_its_end_and_then_its_chunks_go()
      throws IOException {
    long before = chunkFiles();
    putInParts("/bkt/held");
    List<BlobRef> chunks = refs(stored("held"));
    Response held = server.open("GET", "/bkt/held");
    Response also = server.open("GET", "/bkt/held");
    s3.put("/bkt/held", "small and new");
    removal.run();
    assertThat(released()).as("kept while it is read").containsExactlyInAnyOrderElementsOf(chunks);
    assertThat(chunkFiles()).isEqualTo(before + 2);
    assertThat(taken(held)).isEqualTo(FIRST + SECOND);
    removal.run();
    assertThat(chunkFiles()).as("the other reader").isEqualTo(before + 2);
    assertThat(taken(also)).isEqualTo(FIRST + SECOND);
    removal.run();
    assertThat(released()).isEmpty();
    assertThat(chunkFiles()).isEqualTo(before);
    assertThat(s3.send("GET", "/bkt/held").text()).isEqualTo("small and new");
  }

  @Test
  void a_head_and_an_answer_that_nobody_takes_hold_nothing() throws IOException {
    long before = chunkFiles();
    putInParts("/bkt/left");
    Response left = server.open("GET", "/bkt/left");
    ((ResponseBody.Streamed) left.body()).end().run();
    server.open("HEAD", "/bkt/left");
    assertThat(s3.send("DELETE", "/bkt/left").status()).isEqualTo(204);
    removal.run();
    assertThat(released()).isEmpty();
    assertThat(chunkFiles()).isEqualTo(before);
  }

  @Test
  void a_read_or_copy_that_found_what_is_removed_meanwhile_looks_again() {
    putInParts("/bkt/late");
    StoredObject old = stored("late");
    s3.put("/bkt/late", "what is there now");
    removal.run();
    STALE.set(Optional.of(old));
    assertThat(s3.send("GET", "/bkt/late").text()).isEqualTo("what is there now");
    STALE.set(Optional.of(old));
    assertThat(s3.send("PUT", "/bkt/copy", "x-amz-copy-source", "bkt/late").status())
        .isEqualTo(200);
    assertThat(s3.send("GET", "/bkt/copy").text()).isEqualTo("what is there now");
    s3.send("DELETE", "/bkt/late");
    STALE.set(Optional.of(old));
    assertThat(s3.send("GET", "/bkt/late").code()).isEqualTo("NoSuchKey");
  }

  @Test
  void an_upload_whose_outcome_is_unknown_keeps_its_bytes_when_it_was_committed()
      throws IOException {
    long before = chunkFiles();
    LOSES.set(Loss.AFTER_COMMIT);
    assertThat(s3.put("/bkt/committed", SECOND).code()).isEqualTo("SlowDown");
    LOSES.set(Loss.BEFORE_COMMIT);
    assertThat(s3.put("/bkt/not-committed", SECOND).code()).isEqualTo("SlowDown");
    assertThat(chunkFiles()).isEqualTo(before + 2);
    removal.run();
    assertThat(chunkFiles()).isEqualTo(before + 1);
    assertThat(s3.send("GET", "/bkt/committed").text()).isEqualTo(SECOND);
    assertThat(s3.send("GET", "/bkt/not-committed").code()).isEqualTo("NoSuchKey");
    s3.send("DELETE", "/bkt/committed");
    removal.run();
    assertThat(chunkFiles()).isEqualTo(before);
  }
}
