package dev.lakebed.attack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.kit.Answer;
import dev.lakebed.kit.Keys;
import dev.lakebed.kit.Message;
import dev.lakebed.kit.Signing;
import dev.lakebed.support.Evidence;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Managed tables and their pointers. AWS, "Access management for S3 Tables", and the model of S3
 * Tables.
 */
class ManagedTableIT {
  @RegisterExtension private final Attack attack = new Attack();
  private final Users users = new Users(attack);
  private TableBucket bucket;

  @BeforeEach
  void createTables() throws IOException {
    bucket = TableBucket.create(attack);
  }

  private Answer tables(Keys keys, String method, String path, String body) throws IOException {
    return bucket.call(keys, method, path, body);
  }

  /** SeaweedFS CVE-2026-55873: every right on S3 is none on tables. All operations: unit test. */
  @ParameterizedTest
  @CsvSource({
    "GET,/buckets,AccessDeniedException",
    "GET,/buckets/BUCKET,AccessDeniedException",
    "DELETE,/buckets/BUCKET,ForbiddenException",
    "PUT,/buckets/BUCKET/policy,ForbiddenException",
    "GET,/namespaces/BUCKET,AccessDeniedException",
    "DELETE,/namespaces/BUCKET/ns,ForbiddenException",
    "GET,/tables/BUCKET,ForbiddenException",
    "GET,/tables/BUCKET/ns/t/metadata-location,ForbiddenException",
    "PUT,/tables/BUCKET/ns/t/metadata-location,ForbiddenException",
    "PUT,/tables/BUCKET/ns/t/rename,ForbiddenException",
    "DELETE,/tables/BUCKET/ns/t,ForbiddenException"
  })
  @Evidence("attack-44")
  void CVE_2026_55873_rights_on_s3_open_no_table(String method, String path, String code)
      throws IOException {
    Keys reader = users.with(Users.policy("Allow", "s3:*", "*")).keys();
    String body =
        method.equals("PUT")
            ? "{\"resourcePolicy\":\"{}\",\"newName\":\"x\",\"versionToken\":\"x\","
                + "\"metadataLocation\":\"s3://x/y\"}"
            : "";
    Answer refused = tables(reader, method, path.replace("BUCKET", bucket.label()), body);
    attack.refused(refused, 403, code);
    assertThat(tables(Users.OWNER, "GET", bucket.pointer("t"), "").status()).isEqualTo(200);
  }

  /** The catalog's own routes are not built: nobody gets an answer, or credentials, from them. */
  @ParameterizedTest
  @CsvSource({
    "GET,/iceberg/v1/config",
    "POST,/iceberg/v1/x/namespaces/ns/tables",
    "POST,/iceberg/v1/x/namespaces/ns/tables/t",
    "POST,/iceberg/v1/x/namespaces/ns/register",
    "GET,/iceberg/v1/x/namespaces/ns/tables/t/credentials"
  })
  @Evidence({"attack-44", "attack-45", "attack-46"})
  void CVE_2026_42809_CVE_2026_42812_the_rest_catalog_gives_nothing(String method, String path)
      throws IOException {
    String body =
        "{\"name\":\"t\",\"stage-create\":true,\"location\":\"s3://attacked/elsewhere\","
            + "\"properties\":{\"write.metadata.path\":\"s3://attacked/elsewhere\"}}";
    Message anonymous =
        attack.message(method, path).header("Authorization", "Bearer x").body(body.getBytes(UTF_8));
    anonymous.header("Content-Length", Integer.toString(body.length()));
    Answer refused = attack.send(anonymous);
    assertThat(refused.status()).as(refused.text()).isEqualTo(401);
    Answer signed = tables(Users.OWNER, method, path, body);
    assertThat(signed.status()).isEqualTo(501);
    assertThat(signed.text()).doesNotContain("access-key", "ASIA");
  }

  /** All routes of Iceberg's REST specification. PREFIX stands for the bucket, PLAN for any id. */
  private static final String ROUTES =
      """
      GET /config
      POST /oauth/tokens
      GET /PREFIX/namespaces
      POST /PREFIX/namespaces
      GET /PREFIX/namespaces/ns
      HEAD /PREFIX/namespaces/ns
      DELETE /PREFIX/namespaces/ns
      POST /PREFIX/namespaces/ns/properties
      GET /PREFIX/namespaces/ns/tables
      POST /PREFIX/namespaces/ns/tables
      GET /PREFIX/namespaces/ns/tables/t
      HEAD /PREFIX/namespaces/ns/tables/t
      POST /PREFIX/namespaces/ns/tables/t
      DELETE /PREFIX/namespaces/ns/tables/t
      DELETE /PREFIX/namespaces/ns/tables/t?purgeRequested=true
      GET /PREFIX/namespaces/ns/tables/t/credentials
      POST /PREFIX/namespaces/ns/tables/t/sign
      POST /PREFIX/namespaces/ns/tables/t/metrics
      POST /PREFIX/namespaces/ns/tables/t/plan
      GET /PREFIX/namespaces/ns/tables/t/plan/PLAN
      DELETE /PREFIX/namespaces/ns/tables/t/plan/PLAN
      POST /PREFIX/namespaces/ns/tables/t/tasks
      POST /PREFIX/namespaces/ns/register
      POST /PREFIX/tables/rename
      POST /PREFIX/transactions/commit
      GET /PREFIX/namespaces/ns/views
      POST /PREFIX/namespaces/ns/views
      GET /PREFIX/namespaces/ns/views/v
      HEAD /PREFIX/namespaces/ns/views/v
      POST /PREFIX/namespaces/ns/views/v
      DELETE /PREFIX/namespaces/ns/views/v
      POST /PREFIX/namespaces/ns/register-view
      POST /PREFIX/views/rename
      GET /PREFIX/namespaces/ns/functions
      GET /PREFIX/namespaces/ns/functions/f
      POST /aws/s3/sign
      """;

  /**
   * SeaweedFS CVE-2026-55873: its catalog asked for no right on tables. Ours is not built, which a
   * reader of S3 must hear on every route, without an answer or an effect.
   */
  @Test
  @Evidence("attack-44")
  void CVE_2026_55873_no_route_of_the_rest_catalog_serves_a_reader() throws IOException {
    Keys reader = users.with(Users.policy("Allow", "s3:*", "*")).keys();
    String file = "/" + bucket.name() + "/ns/t/metadata/a.json";
    attack.store(file, "{}");
    String token = bucket.token("t");
    String body =
        "{\"name\":\"v\",\"namespace\":[\"w\"],\"updates\":[],\"requirements\":[],"
            + "\"removals\":[\"a\"],\"metadata-location\":\"s3:/%s\",".formatted(file)
            + "\"source\":{\"namespace\":[\"ns\"],\"name\":\"t\"},"
            + "\"destination\":{\"namespace\":[\"ns\"],\"name\":\"w\"}}";
    List<String> routes = ROUTES.lines().toList();
    assertThat(routes).hasSize(36);
    for (String route : routes) {
      String[] words = route.split(" ", 2);
      String path = words[1].replace("PREFIX", bucket.label()).replace("PLAN", "1");
      String sent = words[0].equals("POST") ? body : "";
      Answer reply = tables(reader, words[0], "/iceberg/v1" + path, sent);
      assertThat(reply.status()).as(route + reply.text()).isEqualTo(501);
      assertThat(reply.header("x-amz-request-id")).isNotEmpty();
      if (!words[0].equals("HEAD")) {
        assertThat(reply.text())
            .isEqualTo(
                "{\"error\":{\"message\":\"The Iceberg REST catalog is not implemented\","
                    + "\"type\":\"UnsupportedOperationException\",\"code\":501}}");
      }
    }
    assertThat(bucket.token("t")).isEqualTo(token);
    assertThat(attack.get(file).text()).isEqualTo("{}");
    assertThat(names("/namespaces/" + bucket.label(), "\"namespace\":\\[\"([^\"]*)\""))
        .containsExactly("ns");
    assertThat(names("/tables/" + bucket.label(), "\"name\":\"([^\"]*)\""))
        .containsExactly("t", "u");
  }

  /** What the pattern finds in a list that the owner asks for. */
  private List<String> names(String list, String pattern) throws IOException {
    return Pattern.compile(pattern)
        .matcher(Users.ok(tables(Users.OWNER, "GET", list, "")).text())
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  /** Polaris CVE-2026-42809: properties that place files elsewhere. No table is left behind. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "write.data.path",
        "write.metadata.path",
        "write.object-storage.path",
        "write.folder-storage.path"
      })
  @Evidence("attack-45")
  void CVE_2026_42809_a_new_table_gets_no_property_that_places_it(String property)
      throws IOException {
    String body =
        ("{\"name\":\"v\",\"format\":\"ICEBERG\",\"metadata\":{\"iceberg\":{\"schema\":{\"fields\":"
                + "[{\"name\":\"a\",\"type\":\"int\"}]},"
                + "\"properties\":{\"%s\":\"s3://attacked/elsewhere\"}}}}")
            .formatted(property);
    attack.refused(
        tables(Users.OWNER, "PUT", "/tables/" + bucket.label() + "/ns", body),
        501,
        "NotImplementedException");
    attack.refused(tables(Users.OWNER, "GET", bucket.pointer("v"), ""), 404, "NotFoundException");
    assertThat(names("/tables/" + bucket.label(), "\"name\":\"([^\"]*)\""))
        .containsExactly("t", "u");
    assertThat(attack.listing("elsewhere")).contains("<KeyCount>0</KeyCount>");
  }

  /** Polaris CVE-2026-42809. Members that the model does not have are ignored, as AWS does. */
  @ParameterizedTest
  @ValueSource(strings = {"location", "warehouseLocation", "metadataLocation"})
  @Evidence("attack-45")
  void CVE_2026_42809_a_new_table_chooses_no_place(String name) throws IOException {
    String body =
        "{\"name\":\"v\",\"format\":\"ICEBERG\",\"%s\":\"s3://attacked/elsewhere\"}"
            .formatted(name);
    Users.ok(tables(Users.OWNER, "PUT", "/tables/" + bucket.label() + "/ns", body));
    Answer placed = tables(Users.OWNER, "GET", bucket.pointer("v"), "");
    assertThat(TableBucket.member(placed, "warehouseLocation"))
        .isEqualTo("s3://" + bucket.name() + "/ns/v");
    assertThat(placed.text()).doesNotContain("elsewhere");
  }

  /** The pointer of a table stays in its own location. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "BUCKET/ns/u/metadata/a.json", "BUCKET/ns/tx/a.json", "BUCKET/ns/t/../u/metadata/a.json",
        "BUCKET/ns/t/%2e%2e/u/metadata/a.json", "attacked/ns/t/metadata/a.json", "BUCKET/ns/t"
      })
  @Evidence({"attack-46", "attack-47"})
  void the_pointer_cannot_leave_the_table(String place) throws IOException {
    attack.store("/" + bucket.name() + "/ns/u/metadata/a.json", "{}");
    attack.store("/attacked/ns/t/metadata/a.json", "{}");
    String token = bucket.token("t");
    String body =
        "{\"versionToken\":\"%s\",\"metadataLocation\":\"s3://%s\"}"
            .formatted(token, place.replace("BUCKET", bucket.name()));
    attack.refused(
        tables(Users.OWNER, "PUT", bucket.pointer("t"), body), 400, "BadRequestException");
    assertThat(bucket.token("t")).isEqualTo(token);
  }

  /** What a metadata file says opens nothing and deletes nothing: only the table's place counts. */
  @Test
  @Evidence("attack-47")
  void metadata_that_names_files_of_others() throws IOException {
    String outside = "/" + bucket.name() + "/ns/u/metadata/snap.avro";
    attack.store(outside, "theirs");
    attack.store("/attacked/row47/snap.avro", "theirs");
    String folder = "/" + bucket.name() + "/ns/t/metadata";
    attack.store(
        folder + "/a.json",
        ("{\"format-version\":2,\"location\":\"s3://attacked/row47\",\"properties\":"
                + "{\"gc.enabled\":\"true\",\"write.data.path\":\"s3://attacked/row47\"},"
                + "\"current-snapshot-id\":1,\"snapshots\":[{\"snapshot-id\":1,\"manifest-list\":"
                + "\"s3:/%s\"},{\"snapshot-id\":2,\"manifest-list\":"
                + "\"s3://attacked/row47/snap.avro\"}],\"metadata-log\":[{\"metadata-file\":"
                + "\"s3://attacked/row47/snap.avro\"}]}")
            .formatted(outside));
    Users.ok(
        tables(
            Users.OWNER,
            "PUT",
            bucket.pointer("t"),
            "{\"versionToken\":\"%s\",\"metadataLocation\":\"s3:/%s/a.json\"}"
                .formatted(bucket.token("t"), folder)));
    Keys ofT = users.with(Users.policy("Allow", "s3tables:*", bucket.arnOfT())).keys();
    assertThat(read(ofT, folder + "/a.json").status()).as("its own file").isEqualTo(200);
    for (String other : new String[] {outside, "/attacked/row47/snap.avro"}) {
      attack.refused(read(ofT, other), 403, "AccessDenied");
    }
    Users.ok(tables(ofT, "DELETE", "/tables/" + bucket.label() + "/ns/t", ""));
    attack.refused(attack.get(folder + "/a.json"), 404, "NoSuchKey");
    for (String other : new String[] {outside, "/attacked/row47/snap.avro"}) {
      assertThat(attack.get(other).text()).isEqualTo("theirs");
    }
  }

  private Answer read(Keys keys, String path) throws IOException {
    return attack.send(Signing.s3(keys).sign(attack.message("GET", path)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a%1Fb", "a%2Fb", "..", "%2E%2E", "A", "%C3%A9", "%00", "-a"})
  @Evidence("attack-48")
  void names_that_are_none(String name) throws IOException {
    attack.refused(
        tables(Users.OWNER, "GET", bucket.pointer(name), ""), 400, "BadRequestException");
    attack.refused(
        tables(Users.OWNER, "GET", "/namespaces/" + bucket.label() + "/" + name, ""),
        400,
        "BadRequestException");
  }

  @Test
  @Evidence("attack-48")
  void a_name_of_300_characters_and_a_name_in_use() throws IOException {
    String old = bucket.arnOfT();
    String path = "/tables/" + bucket.label() + "/ns";
    String form = "{\"name\":\"%s\",\"format\":\"ICEBERG\"}";
    attack.refused(
        tables(Users.OWNER, "PUT", path, form.formatted("a".repeat(300))),
        400,
        "BadRequestException");
    attack.refused(tables(Users.OWNER, "PUT", path, form.formatted("t")), 409, "ConflictException");
    String rename = path + "/t/rename";
    attack.refused(
        tables(Users.OWNER, "PUT", rename, "{\"newName\":\"u\"}"), 409, "ConflictException");
    Users.ok(tables(Users.OWNER, "PUT", rename, "{\"newName\":\"w\"}"));
    assertThat(bucket.table("t")).isNotEqualTo(old);
    Answer renamed = tables(Users.OWNER, "GET", bucket.pointer("w"), "");
    Answer fresh = tables(Users.OWNER, "GET", bucket.pointer("t"), "");
    assertThat(TableBucket.member(fresh, "warehouseLocation"))
        .isNotEqualTo(TableBucket.member(renamed, "warehouseLocation"));
  }
}
