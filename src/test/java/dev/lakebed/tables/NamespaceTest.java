package dev.lakebed.tables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.kit.Answer;
import dev.lakebed.support.Evidence;
import dev.lakebed.tables.TableServer.Backend;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Namespaces: shapes, names, conflicts, pages. */
@Evidence({"contract-1.1", "contract-1.2", "contract-1.3", "contract-1.4"})
@ParameterizedClass
@EnumSource(Backend.class)
class NamespaceTest {
  private final TableServer s3tables;

  NamespaceTest(Backend backend) {
    this.s3tables = new TableServer(backend);
  }

  @BeforeEach
  void createBucket() {
    s3tables.withBucket();
  }

  @Test
  @Evidence("rule-86")
  void create_answers_with_arn_and_array() {
    JsonObject body = s3tables.namespace("ns").requireOk().json();
    assertThat(body.getString("tableBucketARN")).isEqualTo(s3tables.arn);
    assertThat(body.getJsonArray("namespace").getString(0)).isEqualTo("ns");
  }

  @Test
  void get_shows_every_member_of_the_model() {
    s3tables.namespace("ns").requireOk();
    JsonObject body =
        s3tables.root("GET", "/namespaces/" + s3tables.label + "/ns").requireOk().json();
    assertThat(body.getJsonArray("namespace").getString(0)).isEqualTo("ns");
    assertThat(body.getString("createdBy")).isEqualTo("000000000000");
    assertThat(body.getString("ownerAccountId")).isEqualTo("000000000000");
    assertThat(Instant.parse(body.getString("createdAt"))).isBeforeOrEqualTo(Instant.now());
    assertThat(UUID.fromString(body.getString("namespaceId"))).isNotNull();
    assertThat(body.getString("tableBucketId"))
        .isEqualTo(s3tables.root("GET", "/buckets/" + s3tables.label).member("tableBucketId"));
  }

  @Test
  void existing_namespace_is_a_conflict() {
    s3tables.namespace("ns").requireOk();
    s3tables.namespace("ns").requireError(409, "ConflictException");
  }

  @Test
  void missing_namespace_is_not_found() {
    String path = "/namespaces/" + s3tables.label + "/ns";
    s3tables.root("GET", path).requireError(404, "NotFoundException");
    s3tables.root("DELETE", path).requireError(404, "NotFoundException");
    s3tables.table("ns", "t").requireError(404, "NotFoundException");
    s3tables
        .root("GET", "/tables/" + s3tables.label + "?namespace=ns")
        .requireError(404, "NotFoundException");
  }

  @Test
  void namespace_with_a_table_is_not_deleted() {
    s3tables.namespace("ns").requireOk();
    s3tables.table("ns", "t").requireOk();
    String path = "/namespaces/" + s3tables.label + "/ns";
    s3tables.root("DELETE", path).requireError(409, "ConflictException");
    s3tables.root("DELETE", "/tables/" + s3tables.label + "/ns/t").requireOk();
    s3tables.root("DELETE", path).requireOk();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a-b", "a.b", "A", "_a", "aws", "aws_x", "a%1Fb", "..", "a/b", "é"})
  @Evidence("attack-48")
  void invalid_names_are_refused(String name) {
    s3tables.namespace(name).requireError(400, "BadRequestException");
  }

  @Test
  @Evidence("attack-48")
  void name_of_256_characters_is_refused_and_of_255_accepted() {
    s3tables.namespace("a".repeat(256)).requireError(400, "BadRequestException");
    s3tables.namespace("a".repeat(255)).requireOk();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"namespace\":\"ns\"}",
        "{\"namespace\":[]}",
        "{\"namespace\":[\"a\",\"b\"]}",
        "{\"namespace\":[1]}",
        "{\"namespace\":null}",
        "{\"namespace\":[\"a\"],\"namespace\":[\"b\"]}"
      })
  void body_must_hold_one_level(String body) {
    s3tables
        .root("PUT", "/namespaces/" + s3tables.label, body)
        .requireError(400, "BadRequestException");
  }

  @Test
  void listing_is_in_name_order_and_pages() {
    for (String name : List.of("c", "a", "b_", "b0", "b")) {
      s3tables.namespace(name).requireOk();
    }
    String list = "/namespaces/" + s3tables.label;
    assertThat(names(s3tables.root("GET", list).requireOk()))
        .containsExactly("a", "b", "b0", "b_", "c");
    assertThat(s3tables.root("GET", list).json()).doesNotContainKey("continuationToken");
    assertThat(names(s3tables.root("GET", list + "?prefix=b").requireOk()))
        .containsExactly("b", "b0", "b_");
    Answer first = s3tables.root("GET", list + "?maxNamespaces=4").requireOk();
    assertThat(
            names(
                s3tables
                    .root("GET", list + "?continuationToken=" + first.member("continuationToken"))
                    .requireOk()))
        .containsExactly("c");
    assertThat(s3tables.root("GET", list + "?maxNamespaces=5").json())
        .doesNotContainKey("continuationToken");
  }

  private static List<String> names(Answer answer) {
    List<String> names = new ArrayList<>();
    answer
        .json()
        .getJsonArray("namespaces")
        .forEach(
            namespace ->
                names.add(namespace.asJsonObject().getJsonArray("namespace").getString(0)));
    return names;
  }
}
