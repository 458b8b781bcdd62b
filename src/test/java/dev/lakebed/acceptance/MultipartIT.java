package dev.lakebed.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.acceptance.Wire.Reply;
import dev.lakebed.support.Evidence;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.Part;

/** Multipart uploads as writers of tables send them. */
@AcceptanceTest
class MultipartIT {
  private static final String BUCKET = "parts-" + UUID.randomUUID().toString().substring(0, 8);
  private static final int MEBIBYTE = 1024 * 1024;

  private final S3Client s3 = Endpoint.deployed().s3(Keys.ADMIN);

  @BeforeAll
  static void bucket() {
    try (S3Client s3 = Endpoint.deployed().s3(Keys.ADMIN)) {
      s3.createBucket(create -> create.bucket(BUCKET));
    }
  }

  @ParameterizedTest(name = "{1} parts of {0} MiB")
  @CsvSource({"16,10", "32,3"})
  @Evidence("catalog-D9")
  void large_parts_in_parallel(int mebibytes, int parts) throws Exception {
    String key = "t/data/large-" + mebibytes;
    int size = mebibytes * MEBIBYTE;
    String upload = create(key);
    List<Future<CompletedPart>> sent = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(parts)) {
      for (int i = parts; i >= 1; i--) {
        int number = i;
        sent.addFirst(pool.submit(() -> part(key, upload, number, size)));
      }
    }
    List<CompletedPart> done = new ArrayList<>();
    for (Future<CompletedPart> part : sent) {
      done.add(part.get());
    }
    complete(key, upload, done);
    assertThat(s3.headObject(head -> head.bucket(BUCKET).key(key)).contentLength())
        .isEqualTo((long) parts * size);
    for (int border = 1; border < parts; border++) {
      String range = "bytes=" + ((long) border * size - 1) + "-" + (long) border * size;
      assertThat(s3.getObjectAsBytes(get -> get.bucket(BUCKET).key(key).range(range)).asByteArray())
          .containsExactly(border, border + 1);
    }
  }

  @Test
  @Evidence("catalog-D9")
  void only_the_last_part_may_be_small() {
    String key = "t/data/small";
    String upload = create(key);
    CompletedPart first = part(key, upload, 1, 5 * MEBIBYTE - 1);
    CompletedPart last = part(key, upload, 2, 1);
    assertThat(Outcome.of(() -> complete(key, upload, List.of(first, last))))
        .isEqualTo("400 EntityTooSmall");
    CompletedPart enough = part(key, upload, 1, 5 * MEBIBYTE);
    assertThat(Outcome.of(() -> complete(key, upload, List.of(enough, last)))).isEqualTo("ok");
  }

  @Test
  @Evidence("catalog-D9")
  void a_part_sent_again_replaces_the_first_one() {
    String key = "t/data/again";
    String upload = create(key);
    CompletedPart old = part(key, upload, 1, 10);
    CompletedPart other = part(key, upload, 1, 20);
    assertThat(s3.listParts(list -> list.bucket(BUCKET).key(key).uploadId(upload)).parts())
        .extracting(Part::size)
        .containsExactly(20L);
    assertThat(Outcome.of(() -> complete(key, upload, List.of(old)))).isEqualTo("400 InvalidPart");
    assertThat(Outcome.of(() -> complete(key, upload, List.of(other)))).isEqualTo("ok");
  }

  @Test
  @Evidence("catalog-D9")
  void tags_with_entities_and_no_checksums_complete_an_upload(Endpoint endpoint) {
    String key = "t/data/entities";
    String upload = create(key);
    String tag = part(key, upload, 1, 10).eTag().replace("\"", "&quot;");
    String body =
        "<CompleteMultipartUpload xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Part><ETag>"
            + tag
            + "</ETag><PartNumber>1</PartNumber></Part></CompleteMultipartUpload>";
    Reply reply =
        Wire.of(endpoint, Keys.KEEPER, "s3")
            .send(
                "POST",
                "/" + BUCKET + "/" + key + "?uploadId=" + upload,
                Map.of("content-type", "application/xml"),
                body.getBytes(UTF_8));
    assertThat(reply.outcome()).as("completed by another client").isEqualTo("200");
    assertThat(reply.element("ETag")).endsWith("-1&quot;").startsWith("&quot;");
  }

  @Test
  @Evidence("catalog-D9")
  void uploads_are_listed_until_they_are_aborted() {
    String key = "t/data/aborted";
    String upload = create(key);
    part(key, upload, 1, 10);
    assertThat(uploads(key)).containsExactly(upload);
    assertThat(abort(key, upload)).isEqualTo("ok");
    assertThat(uploads(key)).isEmpty();
    assertThat(abort(key, upload)).isEqualTo("404 NoSuchUpload");
    assertThat(Outcome.of(() -> part(key, upload, 2, 10))).isEqualTo("404 NoSuchUpload");
    assertThat(Outcome.of(() -> s3.headObject(head -> head.bucket(BUCKET).key(key))))
        .startsWith("404");
  }

  private List<String> uploads(String prefix) {
    return s3.listMultipartUploads(list -> list.bucket(BUCKET).prefix(prefix)).uploads().stream()
        .map(MultipartUpload::uploadId)
        .toList();
  }

  private String abort(String key, String upload) {
    return Outcome.of(
        () -> s3.abortMultipartUpload(abort -> abort.bucket(BUCKET).key(key).uploadId(upload)));
  }

  private String create(String key) {
    return s3.createMultipartUpload(create -> create.bucket(BUCKET).key(key)).uploadId();
  }

  private void complete(String key, String upload, List<CompletedPart> parts) {
    s3.completeMultipartUpload(
        complete ->
            complete
                .bucket(BUCKET)
                .key(key)
                .uploadId(upload)
                .multipartUpload(list -> list.parts(parts)));
  }

  private CompletedPart part(String key, String upload, int number, int size) {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, (byte) number);
    String tag =
        s3.uploadPart(
                part -> part.bucket(BUCKET).key(key).uploadId(upload).partNumber(number),
                RequestBody.fromContentProvider(
                    () -> new ByteArrayInputStream(bytes), size, "application/octet-stream"))
            .eTag();
    return CompletedPart.builder().partNumber(number).eTag(tag).build();
  }
}
