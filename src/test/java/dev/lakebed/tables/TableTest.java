package dev.lakebed.tables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.http.PercentEncoding;
import dev.lakebed.kit.Answer;
import dev.lakebed.support.Evidence;
import dev.lakebed.tables.TableServer.Backend;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables: shapes, names, conflicts, renames, pages. */
@Evidence({"contract-1.1", "contract-1.2", "contract-1.3", "contract-1.4"})
@ParameterizedClass
@EnumSource(Backend.class)
class TableTest {
  private final TableServer s3tables;

  TableTest(Backend backend) {
    this.s3tables = new TableServer(backend);
  }

  @BeforeEach
  void createNamespaces() {
    s3tables.withNamespace("ns").namespace("other").requireOk();
  }

  private String path(String namespace, String name) {
    return "/tables/%s/%s/%s".formatted(s3tables.label, namespace, name);
  }

  private Answer byArn(String arn) {
    return s3tables.root("GET", "/get-table?tableArn=" + PercentEncoding.encode(arn));
  }

  @Test
  void get_shows_every_member_of_the_model() {
    Answer created = s3tables.table("ns", "t").requireOk();
    JsonObject body = byArn(created.member("tableARN")).requireOk().json();
    assertThat(body.getString("name")).isEqualTo("t");
    assertThat(body.getString("type")).isEqualTo("customer");
    assertThat(body.getString("tableARN")).isEqualTo(created.member("tableARN"));
    assertThat(body.getJsonArray("namespace").getString(0)).isEqualTo("ns");
    assertThat(body.getString("versionToken")).isEqualTo(created.member("versionToken"));
    assertThat(body.getString("warehouseLocation")).isEqualTo("s3://" + s3tables.bucket + "/ns/t");
    assertThat(body.getString("format")).isEqualTo("ICEBERG");
    assertThat(body)
        .containsKeys("namespaceId", "tableBucketId")
        .doesNotContainKey("metadataLocation");
    for (String account : List.of("createdBy", "modifiedBy", "ownerAccountId")) {
      assertThat(body.getString(account)).isEqualTo("000000000000");
    }
    for (String time : List.of("createdAt", "modifiedAt")) {
      assertThat(Instant.parse(body.getString(time))).isBeforeOrEqualTo(Instant.now());
    }
  }

  @Test
  void get_takes_either_the_arn_or_all_three_names() {
    String arn = PercentEncoding.encode(s3tables.table("ns", "t").requireOk().member("tableARN"));
    String bucket = "tableBucketARN=" + s3tables.label;
    s3tables.root("GET", "/get-table?" + bucket + "&namespace=ns&name=t").requireOk();
    for (String query :
        List.of(
            "",
            bucket,
            bucket + "&namespace=ns",
            bucket + "&name=t",
            "namespace=ns&name=t",
            "tableArn=" + arn + "&name=t",
            "tableArn=" + arn + "&" + bucket + "&namespace=ns&name=t",
            "tableArn=" + s3tables.label,
            "tableArn=" + arn + "x",
            "tableArn=" + s3tables.label + "%2Ftable%2F..%2F..")) {
      s3tables.root("GET", "/get-table?" + query).requireError(400, "BadRequestException");
    }
  }

  @Test
  void existing_table_is_a_conflict() {
    s3tables.table("ns", "t").requireOk();
    s3tables.table("ns", "t").requireError(409, "ConflictException");
    s3tables.table("other", "t").requireOk();
  }

  @Test
  @Evidence("rule-92")
  void id_stays_over_rename_and_changes_over_drop_and_create() {
    String arn = s3tables.table("ns", "t").requireOk().member("tableARN");
    s3tables
        .root(
            "PUT",
            path("ns", "t") + "/rename",
            "{\"newNamespaceName\":\"other\",\"newName\":\"u\"}")
        .requireOk();
    Answer renamed = byArn(arn).requireOk();
    assertThat(renamed.member("name")).isEqualTo("u");
    assertThat(renamed.json().getJsonArray("namespace").getString(0)).isEqualTo("other");
    s3tables.location("ns", "t").requireError(404, "NotFoundException");
    assertThat(s3tables.location("other", "u").requireOk().member("warehouseLocation"))
        .isEqualTo("s3://" + s3tables.bucket + "/ns/t");
    s3tables.root("DELETE", path("other", "u")).requireOk();
    byArn(arn).requireError(404, "NotFoundException");
    assertThat(s3tables.table("other", "u").requireOk().member("tableARN")).isNotEqualTo(arn);
  }

  @Test
  void table_in_the_place_of_a_renamed_one_gets_a_location_of_its_own() {
    s3tables.table("ns", "t").requireOk();
    s3tables.root("PUT", path("ns", "t") + "/rename", "{\"newName\":\"u\"}").requireOk();
    String id = lastSegment(s3tables.table("ns", "t").requireOk().member("tableARN"));
    assertThat(s3tables.location("ns", "t").member("warehouseLocation"))
        .isEqualTo("s3://" + s3tables.bucket + "/ns/t-" + id.substring(0, 8));
  }

  @Test
  void table_gets_another_location_when_objects_are_at_its_place() {
    s3tables.object("ns/t/data/part.parquet");
    s3tables.object("ns/u2/data/part.parquet");
    String id = lastSegment(s3tables.table("ns", "t").requireOk().member("tableARN"));
    assertThat(s3tables.location("ns", "t").member("warehouseLocation"))
        .isEqualTo("s3://" + s3tables.bucket + "/ns/t-" + id.substring(0, 8));
    s3tables.table("ns", "u").requireOk();
    assertThat(s3tables.location("ns", "u").member("warehouseLocation"))
        .isEqualTo("s3://" + s3tables.bucket + "/ns/u");
  }

  private static String lastSegment(String arn) {
    return arn.substring(arn.lastIndexOf('/') + 1);
  }

  @Test
  void rename_follows_the_rules_of_the_api() {
    String token = s3tables.table("ns", "t").requireOk().member("versionToken");
    s3tables.table("ns", "u").requireOk();
    String rename = path("ns", "t") + "/rename";
    s3tables.root("PUT", rename, "{}").requireError(400, "BadRequestException");
    s3tables.root("PUT", rename, "{\"newName\":\"u\"}").requireError(409, "ConflictException");
    s3tables.root("PUT", rename, "{\"newName\":\"t\"}").requireError(409, "ConflictException");
    s3tables
        .root("PUT", rename, "{\"newNamespaceName\":\"missing\"}")
        .requireError(404, "NotFoundException");
    s3tables
        .root("PUT", rename, "{\"newName\":\"v\",\"versionToken\":\"stale\"}")
        .requireError(409, "ConflictException");
    s3tables
        .root("PUT", rename, "{\"newName\":\"v\",\"versionToken\":\"%s\"}".formatted(token))
        .requireOk();
    assertThat(s3tables.location("ns", "v").requireOk().member("versionToken")).isNotEqualTo(token);
    s3tables.root("PUT", rename, "{\"newName\":\"w\"}").requireError(404, "NotFoundException");
  }

  @Test
  void delete_with_a_stale_token_is_a_conflict_and_keeps_everything() {
    s3tables.table("ns", "t").requireOk();
    s3tables.object("ns/t/data/a");
    s3tables
        .root("DELETE", path("ns", "t") + "?versionToken=stale")
        .requireError(409, "ConflictException");
    s3tables.location("ns", "t").requireOk();
    assertThat(s3tables.keys()).containsExactly("ns/t/data/a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a-b", "A", "_a", "a.b", "a%2Fb", "..", "a b"})
  @Evidence("attack-48")
  void invalid_names_are_refused(String name) {
    s3tables.table("ns", name).requireError(400, "BadRequestException");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a%1Fb", "a%2Fb", "..", "A", "%C3%A9", "%00", "a%2500"})
  @Evidence("attack-48")
  void invalid_names_in_the_path_are_refused(String name) {
    s3tables.location("ns", name).requireError(400, "BadRequestException");
    s3tables.location(name, "t").requireError(400, "BadRequestException");
  }

  /** 255 characters, and the letters of names, as for CreateTable. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a-b",
        "A",
        "_a",
        "a.b",
        "a/b",
        "..",
        "../other/t",
        "a b",
        "a%1Fb",
        "a%2Fb",
        "a\\u001fb",
        "\\u0000",
        "\\u00e9",
        "@256"
      })
  @Evidence("attack-48")
  void a_rename_to_an_invalid_name_is_refused(String text) {
    String name = text.equals("@256") ? "a".repeat(256) : text;
    String token = s3tables.table("ns", "t").requireOk().member("versionToken");
    String rename = path("ns", "t") + "/rename";
    for (String form :
        List.of(
            "{\"newName\":\"%s\"}",
            "{\"newNamespaceName\":\"%s\"}",
            "{\"newNamespaceName\":\"other\",\"newName\":\"%s\"}",
            "{\"newNamespaceName\":\"%s\",\"newName\":\"u\"}")) {
      s3tables.root("PUT", rename, form.formatted(name)).requireError(400, "BadRequestException");
    }
    assertThat(s3tables.location("ns", "t").requireOk().member("versionToken")).isEqualTo(token);
    assertThat(names(s3tables.root("GET", "/tables/" + s3tables.label).requireOk()))
        .containsExactly("t");
  }

  @Test
  @Evidence("attack-48")
  void a_rename_to_the_longest_name_is_done() {
    s3tables.table("ns", "t").requireOk();
    String longest = "a".repeat(255);
    s3tables
        .root("PUT", path("ns", "t") + "/rename", "{\"newName\":\"" + longest + "\"}")
        .requireOk();
    s3tables.location("ns", longest).requireOk();
    s3tables.location("ns", "t").requireError(404, "NotFoundException");
  }

  @Test
  void format_must_be_iceberg() {
    String path = "/tables/" + s3tables.label + "/ns";
    s3tables.root("PUT", path, "{\"name\":\"t\"}").requireError(400, "BadRequestException");
    s3tables
        .root("PUT", path, "{\"name\":\"t\",\"format\":\"LANCE\"}")
        .requireError(400, "BadRequestException");
  }

  @Test
  void metadata_is_refused_as_not_implemented_and_nothing_is_created() {
    s3tables
        .root(
            "PUT",
            "/tables/" + s3tables.label + "/ns",
            """
            {"name":"t","format":"ICEBERG",
             "metadata":{"iceberg":{"schema":{"fields":[{"name":"a","type":"int"}]}}}}\
            """)
        .requireError(501, "NotImplementedException");
    s3tables.location("ns", "t").requireError(404, "NotFoundException");
  }

  @Test
  @Evidence({"catalog-K1", "rule-93"})
  void list_of_150_tables_with_maxTables_100_pages_and_ends() {
    for (int i = 0; i < 150; i++) {
      s3tables.table("ns", "t%03d".formatted(i)).requireOk();
    }
    s3tables.table("other", "u").requireOk();
    String list = "/tables/" + s3tables.label;
    Answer first = s3tables.root("GET", list + "?namespace=ns&maxTables=100").requireOk();
    assertThat(names(first)).hasSize(100).startsWith("t000").endsWith("t099");
    Answer second =
        s3tables
            .root(
                "GET",
                list
                    + "?namespace=ns&maxTables=100&continuationToken="
                    + first.member("continuationToken"))
            .requireOk();
    assertThat(names(second)).hasSize(50).endsWith("t149");
    assertThat(second.json()).doesNotContainKey("continuationToken");
    Answer all = s3tables.root("GET", list).requireOk();
    assertThat(names(all)).hasSize(151).endsWith("u");
    assertThat(all.json()).doesNotContainKey("continuationToken");
    assertThat(names(s3tables.root("GET", list + "?prefix=t14").requireOk())).hasSize(10);
    Answer acrossNamespaces = s3tables.root("GET", list + "?maxTables=150").requireOk();
    assertThat(
            names(
                s3tables.root(
                    "GET",
                    list + "?continuationToken=" + acrossNamespaces.member("continuationToken"))))
        .containsExactly("u");
    s3tables
        .root(
            "GET", list + "?namespace=other&continuationToken=" + first.member("continuationToken"))
        .requireError(400, "BadRequestException");
  }

  private static List<String> names(Answer answer) {
    List<String> names = new ArrayList<>();
    answer
        .json()
        .getJsonArray("tables")
        .forEach(table -> names.add(table.asJsonObject().getString("name")));
    return names;
  }
}
