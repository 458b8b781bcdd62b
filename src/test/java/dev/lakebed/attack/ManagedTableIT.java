package dev.lakebed.attack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Rows 44 to 48: managed tables and their pointers. AWS, "Access management for S3 Tables", and the
 * model of S3 Tables.
 */
class ManagedTableIT {
  @RegisterExtension private final Attack attack = new Attack();
  private final Users users = new Users(attack);
  private TableBucket bucket;

  @BeforeEach
  void createTables() throws IOException {
    bucket = TableBucket.create(attack);
  }

  private Reply tables(Keys keys, String method, String path, String body) throws IOException {
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
  void row44_CVE_2026_55873_rights_on_s3_open_no_table(String method, String path, String code)
      throws IOException {
    Keys reader = users.with(Users.policy("Allow", "s3:*", "*")).keys();
    String body =
        method.equals("PUT")
            ? "{\"resourcePolicy\":\"{}\",\"newName\":\"x\",\"versionToken\":\"x\","
                + "\"metadataLocation\":\"s3://x/y\"}"
            : "";
    Reply refused = tables(reader, method, path.replace("BUCKET", bucket.label()), body);
    attack.refused(refused, 403, code);
    assertThat(tables(Keys.OWNER, "GET", bucket.pointer("t"), "").status()).isEqualTo(200);
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
  void row44_row45_row46_CVE_2026_42809_CVE_2026_42812_the_rest_catalog_gives_nothing(
      String method, String path) throws IOException {
    String body =
        "{\"name\":\"t\",\"stage-create\":true,\"location\":\"s3://attacked/elsewhere\","
            + "\"properties\":{\"write.metadata.path\":\"s3://attacked/elsewhere\"}}";
    Message anonymous =
        attack.message(method, path).header("Authorization", "Bearer x").body(body.getBytes(UTF_8));
    anonymous.header("Content-Length", Integer.toString(body.length()));
    Reply refused = attack.send(anonymous);
    assertThat(refused.status()).as(refused.text()).isEqualTo(401);
    Reply signed = tables(Keys.OWNER, method, path, body);
    assertThat(signed.status()).isEqualTo(501);
    assertThat(signed.text()).doesNotContain("access-key", "ASIA");
  }

  /** Polaris CVE-2026-42809. Members that the model does not have are ignored, as AWS does. */
  @ParameterizedTest
  @ValueSource(strings = {"location", "warehouseLocation", "metadataLocation"})
  void row45_CVE_2026_42809_a_new_table_chooses_no_place(String name) throws IOException {
    String body =
        "{\"name\":\"v\",\"format\":\"ICEBERG\",\"%s\":\"s3://attacked/elsewhere\"}"
            .formatted(name);
    Users.ok(tables(Keys.OWNER, "PUT", "/tables/" + bucket.label() + "/ns", body));
    Reply placed = tables(Keys.OWNER, "GET", bucket.pointer("v"), "");
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
  void row46_row47_the_pointer_cannot_leave_the_table(String place) throws IOException {
    attack.store("/" + bucket.name() + "/ns/u/metadata/a.json", "{}");
    attack.store("/attacked/ns/t/metadata/a.json", "{}");
    String token = bucket.token("t");
    String body =
        "{\"versionToken\":\"%s\",\"metadataLocation\":\"s3://%s\"}"
            .formatted(token, place.replace("BUCKET", bucket.name()));
    attack.refused(
        tables(Keys.OWNER, "PUT", bucket.pointer("t"), body), 400, "BadRequestException");
    assertThat(bucket.token("t")).isEqualTo(token);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a%1Fb", "a%2Fb", "..", "%2E%2E", "A", "%C3%A9", "%00", "-a"})
  void row48_names_that_are_none(String name) throws IOException {
    attack.refused(tables(Keys.OWNER, "GET", bucket.pointer(name), ""), 400, "BadRequestException");
    attack.refused(
        tables(Keys.OWNER, "GET", "/namespaces/" + bucket.label() + "/" + name, ""),
        400,
        "BadRequestException");
  }

  @Test
  void row48_a_name_of_300_characters_and_a_name_in_use() throws IOException {
    String old = bucket.arnOfT();
    String path = "/tables/" + bucket.label() + "/ns";
    String form = "{\"name\":\"%s\",\"format\":\"ICEBERG\"}";
    attack.refused(
        tables(Keys.OWNER, "PUT", path, form.formatted("a".repeat(300))),
        400,
        "BadRequestException");
    attack.refused(tables(Keys.OWNER, "PUT", path, form.formatted("t")), 409, "ConflictException");
    String rename = path + "/t/rename";
    attack.refused(
        tables(Keys.OWNER, "PUT", rename, "{\"newName\":\"u\"}"), 409, "ConflictException");
    Users.ok(tables(Keys.OWNER, "PUT", rename, "{\"newName\":\"w\"}"));
    assertThat(bucket.table("t")).isNotEqualTo(old);
    Reply renamed = tables(Keys.OWNER, "GET", bucket.pointer("w"), "");
    Reply fresh = tables(Keys.OWNER, "GET", bucket.pointer("t"), "");
    assertThat(TableBucket.member(fresh, "warehouseLocation"))
        .isNotEqualTo(TableBucket.member(renamed, "warehouseLocation"));
  }
}
