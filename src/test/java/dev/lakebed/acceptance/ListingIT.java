package dev.lakebed.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.support.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Listing and deleting as catalogs do. */
@AcceptanceTest
class ListingIT {
  private static final String BUCKET = "lists-" + UUID.randomUUID().toString().substring(0, 8);
  private static final List<String> KEYS =
      IntStream.range(0, 25).mapToObj("n/%02d"::formatted).toList();

  private final Endpoint endpoint = Endpoint.deployed();
  private final S3Client s3 = Endpoint.deployed().s3(Keys.ADMIN);

  @BeforeAll
  static void bucket() {
    try (S3Client s3 = Endpoint.deployed().s3(Keys.ADMIN)) {
      s3.createBucket(create -> create.bucket(BUCKET));
      KEYS.forEach(key -> put(s3, key));
    }
  }

  @Test
  @Evidence("catalog-F1")
  void pages_have_every_key_once_and_the_last_full_page_is_not_truncated() {
    List<String> names =
        s3.listObjectsV2Paginator(l -> l.bucket(BUCKET).prefix("n/").maxKeys(5)).contents().stream()
            .map(S3Object::key)
            .toList();
    assertThat(names).containsExactlyElementsOf(KEYS);
    ListObjectsV2Response whole =
        s3.listObjectsV2(l -> l.bucket(BUCKET).prefix("n/").maxKeys(KEYS.size()));
    assertThat(whole.isTruncated()).isFalse();
    assertThat(whole.nextContinuationToken()).isNull();
    assertThat(s3.listObjectsV2(l -> l.bucket(BUCKET).prefix("n/").startAfter("n/23")).contents())
        .extracting(S3Object::key)
        .containsExactly("n/24");
    assertThat(s3.listObjectsV2(l -> l.bucket(BUCKET).delimiter("/")).commonPrefixes())
        .extracting(CommonPrefix::prefix)
        .contains("n/");
  }

  @Test
  @Evidence("catalog-F1")
  void a_listing_goes_on_while_its_keys_are_deleted() {
    List<String> keys = IntStream.range(0, 12).mapToObj("gone/%02d"::formatted).toList();
    keys.forEach(key -> put(s3, key));
    List<String> seen = new ArrayList<>();
    s3.listObjectsV2Paginator(l -> l.bucket(BUCKET).prefix("gone/").maxKeys(5))
        .forEach(
            page -> {
              page.contents().forEach(object -> seen.add(object.key()));
              delete(page.contents().stream().map(S3Object::key).toList(), false);
            });
    assertThat(seen).containsExactlyElementsOf(keys);
    assertThat(s3.listObjectsV2(l -> l.bucket(BUCKET).prefix("gone/")).contents()).isEmpty();
  }

  @Test
  @Evidence({"catalog-F2", "catalog-F4"})
  void keys_come_raw_or_encoded_and_the_xml_is_plain() {
    put(s3, "x/a+b c&d");
    Wire wire = Wire.of(endpoint, Keys.ADMIN, "s3");
    String target = "/" + BUCKET + "?list-type=2&prefix=x%2F";
    String raw = wire.send("GET", target, Map.of(), new byte[0]).text();
    assertThat(raw)
        .contains("<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">")
        .contains("<Key>x/a+b c&amp;d</Key>")
        .containsOnlyOnce("xmlns");
    String encoded = wire.send("GET", target + "&encoding-type=url", Map.of(), new byte[0]).text();
    assertThat(encoded)
        .containsPattern("<Key>x/a%2Bb(\\+|%20)c%26d</Key>")
        .contains("<EncodingType>url</EncodingType>");
  }

  @Test
  @Evidence("catalog-F3")
  void a_thousand_keys_are_deleted_in_many_requests_at_once() throws Exception {
    List<String> keys = IntStream.range(0, 1000).mapToObj("none/%04d"::formatted).toList();
    try (ExecutorService pool = Executors.newFixedThreadPool(16)) {
      List<Future<DeleteObjectsResponse>> replies = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        boolean quiet = i % 2 == 1;
        replies.add(pool.submit(() -> delete(keys, quiet)));
      }
      for (int i = 0; i < replies.size(); i++) {
        assertThat(replies.get(i).get().errors()).isEmpty();
        assertThat(replies.get(i).get().deleted()).hasSize(i % 2 == 1 ? 0 : keys.size());
      }
    }
    List<String> tooMany = new ArrayList<>(keys);
    tooMany.add("one more");
    assertThat(Outcome.of(() -> delete(tooMany, true))).isEqualTo("400 MalformedXML");
    assertThat(s3.deleteObject(d -> d.bucket(BUCKET).key("none")).sdkHttpResponse().statusCode())
        .isEqualTo(204);
  }

  @Test
  @Evidence("catalog-D8")
  void delete_objects_without_any_digest_is_refused() {
    byte[] body = "<Delete><Object><Key>n/00</Key></Object></Delete>".getBytes(UTF_8);
    Wire.Reply reply =
        Wire.of(endpoint, Keys.ADMIN, "s3").send("POST", "/" + BUCKET + "?delete", Map.of(), body);
    assertThat(reply.outcome()).isEqualTo("400 InvalidRequest");
    assertThat(Outcome.of(() -> s3.headObject(h -> h.bucket(BUCKET).key("n/00")))).isEqualTo("ok");
  }

  private DeleteObjectsResponse delete(List<String> keys, boolean quiet) {
    List<ObjectIdentifier> ids =
        keys.stream().map(key -> ObjectIdentifier.builder().key(key).build()).toList();
    return s3.deleteObjects(d -> d.bucket(BUCKET).delete(b -> b.objects(ids).quiet(quiet)));
  }

  private static void put(S3Client s3, String key) {
    s3.putObject(put -> put.bucket(BUCKET).key(key), RequestBody.fromString("x"));
  }
}
