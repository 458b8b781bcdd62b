package dev.lakebed.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.kit.Answer;
import dev.lakebed.kit.TestClient;
import dev.lakebed.kit.TestServer;
import dev.lakebed.s3.object.BlobDescriptor;
import dev.lakebed.storage.blob.SegmentedBlobStore;
import dev.lakebed.storage.blob.volume.BlobRef;
import dev.lakebed.storage.blob.volume.VolumeSettings;
import dev.lakebed.storage.metadata.DatabaseSettings;
import dev.lakebed.storage.metadata.object.StoredObject.Chunk;
import dev.lakebed.storage.metadata.store.MetadataStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The S3 operations on the database and the blob store themselves, so that the doubles of the other
 * tests cannot hide a misunderstanding. Expectations as there.
 */
class RealStoresTest {
  private static final String PART = "p".repeat(5 << 20);
  private static final String ONE_PART =
      "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>%s</ETag></Part>"
          + "</CompleteMultipartUpload>";

  /** A long run asks for 200. */
  private static final int RESENT_ROUNDS = Integer.getInteger("lakebed.test.resent", 20);

  @TempDir private static Path directory;

  private static MetadataStore metadata;
  private static SegmentedBlobStore blobs;
  private static TestClient s3;

  @BeforeAll
  static void open() throws IOException {
    // The account that PostgreSQL runs under must be able to pass.
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    metadata = MetadataStore.open(new DatabaseSettings.Embedded(directory.resolve("database")));
    blobs = blobs();
    s3 = server();
    s3.send("PUT", "/bkt");
  }

  private static SegmentedBlobStore blobs() throws IOException {
    return SegmentedBlobStore.open(
        VolumeSettings.defaults(directory.resolve("data")),
        (ref, descriptor) -> {
          BlobDescriptor known = BlobDescriptor.decode(descriptor);
          return metadata.blobNames().isNamed(known.bucket(), known.key(), ref);
        },
        metadata.volumes());
  }

  private static TestClient server() {
    return TestServer.with().over(metadata, blobs).start().s3();
  }

  @AfterAll
  static void close() throws IOException {
    blobs.close();
    metadata.close();
  }

  @Test
  void objects_small_large_and_empty_survive_a_new_opening_of_the_store() throws IOException {
    String large = "0123456789".repeat(60_000);
    s3.put("/bkt/re/small", "hello", "x-amz-meta-m", "1", "x-amz-tagging", "a=b");
    s3.put("/bkt/re/large", large);
    s3.put("/bkt/re/empty", "");
    blobs.close();
    blobs = blobs();
    s3 = server();
    Answer small = s3.send("GET", "/bkt/re/small");
    assertThat(small.text()).isEqualTo("hello");
    assertThat(small.header("x-amz-meta-m")).isEqualTo("1");
    assertThat(small.header("x-amz-tagging-count")).isEqualTo("1");
    assertThat(s3.send("GET", "/bkt/re/large").text()).isEqualTo(large);
    assertThat(s3.send("GET", "/bkt/re/large", "range", "bytes=599995-").text()).isEqualTo("56789");
    assertThat(s3.send("GET", "/bkt/re/empty").status()).isEqualTo(200);
  }

  @Test
  void a_multipart_upload_becomes_an_object_once() {
    String id = s3.send("POST", "/bkt/mp/k?uploads", "content-type", "text/x").element("UploadId");
    String target = "/bkt/mp/k?uploadId=" + id;
    String one = s3.put(target + "&partNumber=1", PART).header("etag");
    String two = s3.put(target + "&partNumber=2", "end").header("etag");
    assertThat(s3.send("GET", target + "&max-parts=1").element("IsTruncated")).isEqualTo("true");
    assertThat(s3.send("GET", "/bkt?uploads&prefix=mp/").element("UploadId")).isEqualTo(id);
    String body =
        "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>%s</ETag></Part>"
            + "<Part><PartNumber>2</PartNumber><ETag>%s</ETag></Part></CompleteMultipartUpload>";
    Answer done = s3.post(target, body.formatted(one, two), "if-none-match", "*");
    assertThat(done.status()).isEqualTo(200);
    assertThat(s3.post(target, body.formatted(one, two)).element("ETag"))
        .isEqualTo(done.element("ETag"));
    assertThat(s3.send("DELETE", target).code()).isEqualTo("NoSuchUpload");
    Answer get = s3.send("GET", "/bkt/mp/k", "range", "bytes=5242878-5242881");
    assertThat(get.text()).isEqualTo("ppen");
    assertThat(get.header("content-type")).isEqualTo("text/x");
    assertThat(s3.send("GET", "/bkt?uploads&prefix=mp/").element("UploadId")).isEmpty();
    assertThat(s3.send("HEAD", "/bkt/mp/k?partNumber=2").header("content-length")).isEqualTo("3");
  }

  @Test
  void a_part_sent_again_while_its_upload_completes_leaves_an_object_with_all_its_bytes()
      throws Exception {
    String part = "r".repeat(1 << 20);
    for (int round = 0; round < RESENT_ROUNDS; round++) {
      String key = "/bkt/again/" + round;
      String target = key + "?uploadId=" + s3.send("POST", key + "?uploads").element("UploadId");
      String etag = s3.put(target + "&partNumber=1", part).header("etag");
      HeldBody body = new HeldBody(part);
      try (ExecutorService client = Executors.newSingleThreadExecutor()) {
        Future<Answer> again = client.submit(() -> s3.send("PUT", target + "&partNumber=1", body));
        body.awaitLastByte();
        body.release();
        LockSupport.parkNanos(round % 20 * 500_000L);
        Answer done = s3.post(target, ONE_PART.formatted(etag));
        assertThat(done.status()).isEqualTo(200);
        assertThat(again.get().status()).isIn(200, 404);
      }
      assertThat(s3.send("GET", key).text()).isEqualTo(part);
      assertThat(metadata.releasedBlobs().page(Optional.empty(), 1_000_000))
          .doesNotContainAnyElementsOf(refs("again/" + round));
    }
  }

  private static List<BlobRef> refs(String key) {
    long bucket = metadata.buckets().find("bkt").orElseThrow().id();
    return metadata.objects().find(bucket, key).orElseThrow().chunks().stream()
        .map(Chunk::ref)
        .toList();
  }

  /** AWS, CompleteMultipartUpload: repeating it succeeds as before. */
  @Test
  void of_five_completions_at_once_all_succeed_with_the_same_answer() throws Exception {
    for (int round = 0; round < 20; round++) {
      String key = "/bkt/five/" + round;
      String target = key + "?uploadId=" + s3.send("POST", key + "?uploads").element("UploadId");
      String etag = s3.put(target + "&partNumber=1", "x").header("etag");
      Callable<Answer> complete = () -> s3.post(target, ONE_PART.formatted(etag));
      try (ExecutorService clients = Executors.newFixedThreadPool(5)) {
        for (Future<Answer> answer : clients.invokeAll(Collections.nCopies(5, complete))) {
          assertThat(answer.get().status()).isEqualTo(200);
          assertThat(answer.get().element("ETag")).endsWith("-1\"");
        }
      }
    }
  }

  @Test
  void a_listing_of_uploads_goes_on_where_the_upload_of_its_marker_was() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      ids.add(s3.send("POST", "/bkt/gone/k?uploads").element("UploadId"));
    }
    List<String> seen = new ArrayList<>();
    String marker = "";
    do {
      Answer page = s3.send("GET", "/bkt?uploads&prefix=gone/&max-uploads=2" + marker);
      seen.addAll(page.elements("UploadId"));
      page.elements("UploadId").forEach(id -> s3.send("DELETE", "/bkt/gone/k?uploadId=" + id));
      marker =
          page.element("IsTruncated").equals("true")
              ? "&key-marker=gone/k&upload-id-marker=" + page.element("NextUploadIdMarker")
              : "";
    } while (!marker.isEmpty());
    assertThat(seen).containsExactlyInAnyOrderElementsOf(ids);
  }

  @Test
  void of_many_conditional_writers_one_wins() throws Exception {
    try (ExecutorService writers = Executors.newFixedThreadPool(8)) {
      List<Callable<Integer>> puts = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        String text = "writer " + i;
        puts.add(() -> s3.put("/bkt/race", text, "if-none-match", "*").status());
      }
      List<Integer> statuses = new ArrayList<>();
      for (Future<Integer> put : writers.invokeAll(puts)) {
        statuses.add(put.get());
      }
      assertThat(statuses).containsOnlyOnce(200);
      assertThat(statuses.stream().filter(status -> status == 412).count()).isEqualTo(49);
    }
  }

  @Test
  void conditions_and_deletes_reach_the_database() {
    assertThat(s3.put("/bkt/cond", "1", "if-match", "\"x\"").code()).isEqualTo("NoSuchKey");
    String etag = s3.put("/bkt/cond", "1").header("etag");
    assertThat(s3.put("/bkt/cond", "2", "if-match", "\"x\"").status()).isEqualTo(412);
    assertThat(s3.put("/bkt/cond", "2", "if-match", etag).status()).isEqualTo(200);
    assertThat(s3.send("DELETE", "/bkt/cond", "if-match", etag).status()).isEqualTo(412);
    assertThat(s3.send("DELETE", "/bkt/cond").status()).isEqualTo(204);
    assertThat(s3.send("GET", "/bkt/cond").code()).isEqualTo("NoSuchKey");
  }

  @Test
  void listings_page_in_byte_order_over_common_prefixes() {
    for (String key : List.of("a/1", "a/2", "a0", "b", "c/1", "%EF%BF%BD", "%F0%90%80%80")) {
      s3.put("/bkt/ls/" + key, "x");
    }
    List<String> names = new ArrayList<>();
    String token = "";
    do {
      Answer page = s3.send("GET", "/bkt?list-type=2&prefix=ls/&delimiter=/&max-keys=2" + token);
      List<String> prefixes = page.elements("Prefix");
      names.addAll(page.elements("Key"));
      names.addAll(prefixes.subList(1, prefixes.size()));
      token =
          page.element("IsTruncated").equals("true")
              ? "&continuation-token=" + page.element("NextContinuationToken")
              : "";
    } while (!token.isEmpty());
    assertThat(names)
        .containsExactlyInAnyOrder(
            "ls/a/", "ls/a0", "ls/b", "ls/c/", "ls/\uFFFD", "ls/\uD800\uDC00");
    Answer all = s3.send("GET", "/bkt?prefix=ls/&encoding-type=url");
    assertThat(all.elements("Key")).endsWith("ls/%EF%BF%BD", "ls/%F0%90%80%80").hasSize(7);
  }

  @Test
  void uploads_page_over_common_prefixes() {
    List<String> ids = new ArrayList<>();
    for (String key : List.of("d/1", "d/2", "e")) {
      ids.add(s3.send("POST", "/bkt/up/" + key + "?uploads").element("UploadId"));
    }
    List<String> names = new ArrayList<>();
    String marker = "";
    do {
      Answer page = s3.send("GET", "/bkt?uploads&prefix=up/&delimiter=/&max-uploads=1" + marker);
      assertThat(page.status()).isEqualTo(200);
      List<String> prefixes = page.elements("Prefix");
      names.addAll(page.elements("UploadId"));
      names.addAll(prefixes.subList(1, prefixes.size()));
      marker =
          page.element("IsTruncated").equals("true")
              ? "&key-marker="
                  + page.element("NextKeyMarker")
                  + "&upload-id-marker="
                  + page.element("NextUploadIdMarker")
              : "";
    } while (!marker.isEmpty());
    assertThat(names).containsExactlyInAnyOrder("up/d/", ids.get(2));
  }

  @Test
  void a_copy_is_an_object_of_its_own() {
    s3.put("/bkt/cp/source", "0123456789", "x-amz-meta-m", "1");
    Answer copy = s3.send("PUT", "/bkt/cp/target", "x-amz-copy-source", "bkt/cp/source");
    assertThat(copy.status()).isEqualTo(200);
    s3.send("DELETE", "/bkt/cp/source");
    Answer get = s3.send("GET", "/bkt/cp/target");
    assertThat(get.text()).isEqualTo("0123456789");
    assertThat(get.header("x-amz-meta-m")).isEqualTo("1");
  }

  @Test
  void a_key_with_any_character_is_kept() {
    for (String key : List.of("odd/a%00b", "odd//..%2F.", "odd/%F0%9F%98%80;x=1", "odd/%25%20+")) {
      assertThat(s3.put("/bkt/" + key, key).status()).isEqualTo(200);
      assertThat(s3.send("GET", "/bkt/" + key).text()).isEqualTo(key);
    }
  }

  @Test
  void a_bucket_is_deleted_when_it_is_empty() {
    s3.send("PUT", "/doomed");
    s3.put("/doomed/k", "x");
    assertThat(s3.send("DELETE", "/doomed").code()).isEqualTo("BucketNotEmpty");
    s3.send("DELETE", "/doomed/k");
    assertThat(s3.send("DELETE", "/doomed").status()).isEqualTo(204);
    assertThat(s3.put("/doomed/k", "x").code()).isEqualTo("NoSuchBucket");
  }
}
