package dev.lakebed.tables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.auth.Caller;
import dev.lakebed.kit.PolicyCaller;
import dev.lakebed.support.Evidence;
import dev.lakebed.tables.TableServer.Backend;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Table buckets: shapes, names, conflicts, pages. */
@Evidence({"contract-1.1", "contract-1.2", "contract-1.3", "contract-1.4"})
@ParameterizedClass
@EnumSource(Backend.class)
class TableBucketTest {
  private final TableServer s3tables;

  TableBucketTest(Backend backend) {
    this.s3tables = new TableServer(backend);
  }

  @Test
  void get_shows_every_member_of_the_model() {
    JsonObject body =
        s3tables.withBucket().root("GET", "/buckets/" + s3tables.label).requireOk().json();
    assertThat(body.getString("arn")).isEqualTo(s3tables.arn);
    assertThat(body.getString("name")).isEqualTo(s3tables.bucket);
    assertThat(body.getString("ownerAccountId")).isEqualTo("000000000000");
    assertThat(body.getString("type")).isEqualTo("customer");
    assertThat(UUID.fromString(body.getString("tableBucketId"))).isNotNull();
    assertThat(Instant.parse(body.getString("createdAt"))).isEqualTo(s3tables.stored().createdAt());
  }

  @Test
  void existing_name_is_a_conflict_also_when_a_general_bucket_has_it() {
    String body = "{\"name\":\"%s\"}".formatted(s3tables.bucket);
    s3tables.s3("PUT", "").requireOk();
    s3tables.root("PUT", "/buckets", body).requireError(409, "ConflictException");
    assertThat(s3tables.s3("DELETE", "").status()).isEqualTo(204);
    s3tables.root("PUT", "/buckets", body).requireOk();
    s3tables.root("PUT", "/buckets", body).requireError(409, "ConflictException");
  }

  @Test
  void general_bucket_is_no_table_bucket() {
    s3tables.s3("PUT", "").requireOk();
    s3tables.root("GET", "/buckets/" + s3tables.label).requireError(404, "NotFoundException");
    s3tables.root("DELETE", "/buckets/" + s3tables.label).requireError(404, "NotFoundException");
    s3tables.namespace("ns").requireError(404, "NotFoundException");
  }

  @Test
  void arn_of_any_region_and_partition_is_accepted_but_not_of_another_account() {
    s3tables.withBucket();
    String name = s3tables.bucket;
    s3tables
        .root(
            "GET", "/buckets/arn%3Aaws-cn%3As3tables%3Alocal-01%3A000000000000%3Abucket%2F" + name)
        .requireOk();
    s3tables
        .root("GET", "/buckets/arn%3Aaws%3As3tables%3A%3A000000000000%3Abucket%2F" + name)
        .requireOk();
    s3tables
        .root("GET", "/buckets/arn%3Aaws%3As3tables%3Aus-east-1%3A111111111111%3Abucket%2F" + name)
        .requireError(403, "AccessDeniedException");
  }

  @Test
  void bucket_with_a_namespace_is_not_deleted() {
    s3tables.withNamespace("ns");
    s3tables.root("DELETE", "/buckets/" + s3tables.label).requireError(409, "ConflictException");
    s3tables.root("DELETE", "/namespaces/" + s3tables.label + "/ns").requireOk();
    s3tables.root("DELETE", "/buckets/" + s3tables.label).requireOk();
    s3tables.root("DELETE", "/buckets/" + s3tables.label).requireError(404, "NotFoundException");
  }

  @Test
  void recreated_bucket_has_another_id() {
    String id =
        s3tables.withBucket().root("GET", "/buckets/" + s3tables.label).member("tableBucketId");
    s3tables.root("DELETE", "/buckets/" + s3tables.label).requireOk();
    assertThat(
            s3tables.withBucket().root("GET", "/buckets/" + s3tables.label).member("tableBucketId"))
        .isNotEqualTo(id);
  }

  /** Its policy goes with it: who was let into the old bucket is a stranger to the new one. */
  @Test
  @Evidence("attack-76")
  void recreated_bucket_has_no_policy_of_the_old_one() {
    Caller guest =
        PolicyCaller.user(
            "111122223333", "test", "{'Effect':'Allow','Action':'s3tables:*','Resource':'*'}");
    String path = "/buckets/" + s3tables.label;
    String policy =
        Json.createObjectBuilder()
            .add(
                "resourcePolicy",
                """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
                 "Principal":{"AWS":"111122223333"},"Action":"s3tables:*","Resource":"%s"}]}\
                """
                    .formatted(s3tables.arn))
            .build()
            .toString();
    s3tables.withBucket().root("PUT", path + "/policy", policy).requireOk();
    s3tables.call(guest, "GET", path, "").requireOk();
    s3tables.root("DELETE", path).requireOk();
    s3tables.withBucket().root("GET", path + "/policy").requireError(404, "NotFoundException");
    s3tables.call(guest, "GET", path, "").requireError(403, "AccessDeniedException");
    s3tables.call(guest, "DELETE", path, "").requireError(403, "ForbiddenException");
    s3tables.call(guest, "PUT", path + "/policy", policy).requireError(403, "ForbiddenException");
    s3tables.root("GET", path).requireOk();
    s3tables.root("GET", path + "/policy").requireError(404, "NotFoundException");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ab",
        "Abc",
        "a_b",
        "a.b",
        "-ab",
        "ab-",
        "xn--abc",
        "sthree-abc",
        "amzn-s3-demo-abc",
        "aws-abc",
        "abc-s3alias",
        "abc--ol-s3",
        "abc--x-s3",
        "abc--table-s3",
        "a/../b",
        "a%2Fb",
        "abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcd"
      })
  @Evidence("attack-48")
  void invalid_names_are_refused(String name) {
    s3tables
        .root("PUT", "/buckets", "{\"name\":\"%s\"}".formatted(name))
        .requireError(400, "BadRequestException");
  }

  @Test
  @Evidence("rule-93")
  void listing_pages_until_no_token_is_left() {
    List<String> names = new ArrayList<>();
    for (char c = 'a'; c < 'f'; c++) {
      names.add(s3tables.bucket + c);
      s3tables
          .root("PUT", "/buckets", "{\"name\":\"%s\"}".formatted(s3tables.bucket + c))
          .requireOk();
    }
    List<String> listed = new ArrayList<>();
    String token = "";
    int pages = 0;
    do {
      JsonObject page =
          s3tables
              .root("GET", "/buckets?maxBuckets=2&prefix=" + s3tables.bucket + token)
              .requireOk()
              .json();
      page.getJsonArray("tableBuckets")
          .forEach(bucket -> listed.add(bucket.asJsonObject().getString("name")));
      token =
          page.containsKey("continuationToken")
              ? "&continuationToken=" + page.getString("continuationToken")
              : "";
      pages++;
    } while (!token.isEmpty());
    assertThat(listed).isEqualTo(names);
    assertThat(pages).isEqualTo(3);
  }

  @Test
  void listing_shows_only_the_callers_account() {
    s3tables.withBucket();
    String list = "/buckets?prefix=" + s3tables.bucket;
    assertThat(s3tables.root("GET", list).json().getJsonArray("tableBuckets")).hasSize(1);
    Caller other =
        PolicyCaller.user("111111111111", "test", "{'Effect':'Allow','Action':'*','Resource':'*'}");
    assertThat(
            s3tables.call(other, "GET", list, "").requireOk().json().getJsonArray("tableBuckets"))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "maxBuckets=0",
        "maxBuckets=1001",
        "maxBuckets=-1",
        "maxBuckets=abc",
        "maxBuckets=9223372036854775808",
        "maxBuckets=1&maxBuckets=2",
        "type=other",
        "prefix=",
        "prefix=%00",
        "continuationToken=",
        "continuationToken=..%2F..%2Fetc",
        "continuationToken=Li4vLi4vZXRjL3Bhc3N3ZA"
      })
  @Evidence("attack-58")
  void odd_listing_parameters_are_refused(String query) {
    s3tables.root("GET", "/buckets?" + query).requireError(400, "BadRequestException");
  }

  @Test
  void parameters_that_would_not_be_honoured_are_refused_as_not_implemented() {
    for (String member :
        List.of(
            "\"encryptionConfiguration\":{\"sseAlgorithm\":\"AES256\"}",
            "\"storageClassConfiguration\":{\"storageClass\":\"INTELLIGENT_TIERING\"}")) {
      s3tables
          .root("PUT", "/buckets", "{\"name\":\"%s\",%s}".formatted(s3tables.bucket, member))
          .requireError(501, "NotImplementedException");
    }
    assertThat(s3tables.server.rights.buckets().find(s3tables.bucket)).isEmpty();
  }
}
