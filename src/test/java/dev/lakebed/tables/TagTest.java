package dev.lakebed.tables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Permission;
import dev.lakebed.auth.Permission.Resource;
import dev.lakebed.http.PercentEncoding;
import dev.lakebed.kit.PolicyCaller;
import dev.lakebed.support.Evidence;
import dev.lakebed.tables.TableServer.Backend;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tags of table buckets and tables, and the condition keys about them: AWS's pages "Using tags with
 * S3 table buckets" and "Using tags with S3 tables".
 */
@Evidence({"contract-1.1", "contract-1.2", "contract-1.8"})
@ParameterizedClass
@EnumSource(Backend.class)
class TagTest {
  private static final String RED = "{\"StringEquals\":{\"%s\":\"red\"}}";

  private final TableServer s3tables;
  private String table = "";

  TagTest(Backend backend) {
    this.s3tables = new TableServer(backend);
  }

  @BeforeEach
  void createTable() {
    table = s3tables.withNamespace("ns").table("ns", "t").requireOk().member("tableARN");
  }

  private static String tags(Map<String, String> tags) {
    return Json.createObjectBuilder()
        .add("tags", Json.createObjectBuilder(Collections.unmodifiableMap(tags)))
        .build()
        .toString();
  }

  private static String path(String arn) {
    return "/tag/" + PercentEncoding.encode(arn);
  }

  private void tag(String arn, String key, String value) {
    s3tables.root("POST", path(arn), tags(Map.of(key, value))).requireOk();
  }

  private JsonObject shown(String arn) {
    return s3tables.root("GET", path(arn)).requireOk().json().getJsonObject("tags");
  }

  @Test
  void tags_are_added_replaced_shown_and_taken() {
    for (String arn : List.of(s3tables.arn, table)) {
      assertThat(shown(arn)).isEmpty();
      s3tables.root("POST", path(arn), tags(Map.of("a", "1", "B", "\u00e4 b"))).requireOk();
      s3tables.root("POST", path(arn), tags(Map.of("a", "2", "c", ""))).requireOk();
      assertThat(shown(arn))
          .isEqualTo(Json.createObjectBuilder(Map.of("a", "2", "B", "\u00e4 b", "c", "")).build());
      s3tables.root("DELETE", path(arn) + "?tagKeys=a&tagKeys=B&tagKeys=no").requireOk();
      assertThat(shown(arn).keySet()).containsExactly("c");
    }
  }

  @Test
  void tagging_is_no_change_of_the_table() {
    JsonObject before = s3tables.root("GET", "/get-table?tableArn=" + table).requireOk().json();
    tag(table, "a", "1");
    assertThat(s3tables.root("GET", "/get-table?tableArn=" + table).requireOk().json())
        .isEqualTo(before);
    String rename = "/tables/" + s3tables.label + "/ns/t/rename";
    s3tables.root("PUT", rename, "{\"newName\":\"u\"}").requireOk();
    assertThat(shown(table).keySet()).containsExactly("a");
  }

  @Test
  void tags_go_with_the_table_and_the_bucket() {
    tag(table, "a", "1");
    tag(s3tables.arn, "a", "1");
    s3tables.root("DELETE", "/tables/" + s3tables.label + "/ns/t").requireOk();
    s3tables.root("GET", path(table)).requireError(404, "NotFoundException");
    s3tables
        .root("POST", path(table), tags(Map.of("a", "1")))
        .requireError(404, "NotFoundException");
    String again = s3tables.table("ns", "t").requireOk().member("tableARN");
    assertThat(shown(again)).isEmpty();
    String gone = s3tables.arn.replace(s3tables.bucket, "gone");
    s3tables.root("GET", path(gone)).requireError(404, "NotFoundException");
    s3tables
        .root("POST", path(gone), tags(Map.of("a", "1")))
        .requireError(404, "NotFoundException");
    s3tables.root("DELETE", path(gone) + "?tagKeys=a").requireError(404, "NotFoundException");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"tags\":[]}",
        "{\"tags\":{\"a\":1}}",
        "{\"tags\":{\"\":\"v\"}}",
        "{\"tags\":{\"aws:a\":\"v\"}}",
        "{\"tags\":{\"a*\":\"v\"}}",
        "{\"tags\":{\"a\":\"{}\"}}"
      })
  void tags_that_aws_refuses_are_refused(String body) {
    s3tables.root("POST", path(table), body).requireError(400, "BadRequestException");
    s3tables.root("POST", path(s3tables.arn), body).requireError(400, "BadRequestException");
    assertThat(shown(table)).isEmpty();
    if (!body.equals("{}")) {
      String create = body.replaceFirst("\\{", "{\"name\":\"n\",\"format\":\"ICEBERG\",");
      s3tables
          .root("PUT", "/tables/" + s3tables.label + "/ns", create)
          .requireError(400, "BadRequestException");
    }
  }

  @Test
  void fifty_tags_are_kept_and_one_more_is_refused() {
    Map<String, String> fifty =
        IntStream.range(0, 50).boxed().collect(Collectors.toMap(i -> "k" + i, i -> "v"));
    for (String arn : List.of(s3tables.arn, table)) {
      s3tables.root("POST", path(arn), tags(fifty)).requireOk();
      s3tables
          .root("POST", path(arn), tags(Map.of("more", "")))
          .requireError(400, "BadRequestException");
      s3tables.root("POST", path(arn), tags(Map.of("k1", "again"))).requireOk();
      assertThat(shown(arn)).hasSize(50);
      s3tables.root("DELETE", path(arn)).requireError(400, "BadRequestException");
    }
  }

  @Test
  void buckets_and_tables_are_created_with_tags_by_who_may_tag() {
    String bucket = "{\"name\":\"%s-2\",\"tags\":{\"team\":\"red\"}}".formatted(s3tables.bucket);
    String create = "{\"name\":\"tagged\",\"format\":\"ICEBERG\",\"tags\":{\"team\":\"red\"}}";
    String tables = "/tables/" + s3tables.label + "/ns";
    Caller untagging = PolicyCaller.allowed("s3tables:Create*", "*");
    s3tables.call(untagging, "PUT", "/buckets", bucket).requireError(403, "ForbiddenException");
    s3tables.call(untagging, "PUT", tables, create).requireError(403, "ForbiddenException");
    Caller red = PolicyCaller.allowed("s3tables:*", "*", RED.formatted("aws:RequestTag/team"));
    s3tables
        .call(red, "PUT", tables, create.replace("red", "blue"))
        .requireError(403, "ForbiddenException");
    s3tables
        .call(red, "PUT", "/buckets", bucket.replace("red", "blue"))
        .requireError(403, "ForbiddenException");
    String arn = s3tables.call(red, "PUT", "/buckets", bucket).requireOk().member("arn");
    assertThat(shown(arn).getString("team")).isEqualTo("red");
    String made = s3tables.call(red, "PUT", tables, create).requireOk().member("tableARN");
    assertThat(shown(made).getString("team")).isEqualTo("red");
  }

  @ParameterizedTest
  @CsvSource({"aws:ResourceTag/team", "s3tables:TableBucketTag/Team"})
  void policies_see_the_tags_of_a_table_bucket(String key) {
    Caller caller = PolicyCaller.allowed("s3tables:*", "*", RED.formatted(key));
    String target = "/buckets/" + s3tables.label;
    s3tables.call(caller, "GET", target, "").requireError(403, "AccessDeniedException");
    tag(s3tables.arn, "team", "blue");
    s3tables.call(caller, "GET", target, "").requireError(403, "AccessDeniedException");
    tag(s3tables.arn, "team", "red");
    s3tables.call(caller, "GET", target, "").requireOk();
    s3tables.call(caller, "GET", "/namespaces/" + s3tables.label + "/ns", "").requireOk();
    s3tables
        .call(
            caller,
            "PUT",
            "/tables/" + s3tables.label + "/ns",
            "{\"name\":\"n\",\"format\":\"ICEBERG\"}")
        .requireOk();
  }

  @Test
  void on_a_table_one_key_is_about_the_table_and_the_other_about_its_bucket() {
    Caller byTable = PolicyCaller.allowed("s3tables:*", "*", RED.formatted("aws:ResourceTag/team"));
    Caller byBucket =
        PolicyCaller.allowed("s3tables:*", "*", RED.formatted("s3tables:TableBucketTag/team"));
    String target = "/get-table?tableArn=" + table;
    tag(s3tables.arn, "team", "red");
    s3tables.call(byBucket, "GET", target, "").requireOk();
    s3tables.call(byTable, "GET", target, "").requireError(403, "AccessDeniedException");
    tag(table, "team", "red");
    tag(s3tables.arn, "team", "blue");
    s3tables.call(byBucket, "GET", target, "").requireError(403, "AccessDeniedException");
    s3tables.call(byTable, "GET", target, "").requireOk();
    assertThat(files(byTable).may(file())).isTrue();
    assertThat(files(byBucket).may(file())).isFalse();
    tag(s3tables.arn, "team", "red");
    tag(table, "team", "blue");
    assertThat(files(byTable).may(file())).isFalse();
    assertThat(files(byBucket).may(file())).isTrue();
  }

  private Caller files(Caller caller) {
    return s3tables.server.rights.of(caller);
  }

  private Permission file() {
    return Permission.of(
        "s3:GetObject",
        Resource.of("arn:aws:s3:::" + s3tables.bucket + "/ns/t/data/f", PolicyCaller.ACCOUNT));
  }

  @Test
  void keys_of_a_request_restrict_which_tags_are_set_and_taken() {
    Caller governed =
        PolicyCaller.user(
            PolicyCaller.ACCOUNT,
            "test",
            """
            {"Effect":"Allow","Action":"s3tables:*","Resource":"*","Condition":{
             "ForAllValues:StringEquals":{"aws:TagKeys":["team"]},
             "StringEqualsIfExists":{"aws:RequestTag/team":"red"}}}\
            """);
    for (String arn : List.of(s3tables.arn, table)) {
      s3tables.call(governed, "POST", path(arn), tags(Map.of("team", "red"))).requireOk();
      s3tables
          .call(governed, "POST", path(arn), tags(Map.of("team", "blue")))
          .requireError(403, "ForbiddenException");
      s3tables
          .call(governed, "POST", path(arn), tags(Map.of("team", "red", "x", "")))
          .requireError(403, "ForbiddenException");
      tag(arn, "x", "");
      s3tables
          .call(governed, "DELETE", path(arn) + "?tagKeys=team&tagKeys=x", "")
          .requireError(403, "ForbiddenException");
      s3tables.call(governed, "DELETE", path(arn) + "?tagKeys=team", "").requireOk();
      assertThat(shown(arn).keySet()).containsExactly("x");
    }
  }

  @Test
  void a_table_bucket_that_is_created_has_the_tags_that_it_is_to_get() {
    Caller red =
        PolicyCaller.allowed("s3tables:*", "*", RED.formatted("s3tables:TableBucketTag/team"));
    String body = "{\"name\":\"%s-3\",\"tags\":{\"team\":\"red\"}}".formatted(s3tables.bucket);
    s3tables
        .call(red, "PUT", "/buckets", body.replace("red", "blue"))
        .requireError(403, "ForbiddenException");
    s3tables.call(red, "PUT", "/buckets", body).requireOk();
  }

  @Test
  void the_form_with_a_target_header_tags_too() {
    TableServer target = s3tables.withHeader("x-amz-target", "S3Tables.TagResource");
    String body =
        Json.createObjectBuilder()
            .add("resourceArn", table)
            .add("tags", Json.createObjectBuilder().add("a", "1"))
            .build()
            .toString();
    target.root("POST", "/", body).requireOk();
    target.withHeader("x-amz-target", "S3Tables.UntagResource");
    target
        .root("POST", "/", "{\"resourceArn\":\"%s\",\"tagKeys\":[\"a\"]}".formatted(table))
        .requireOk();
    target.withHeader("x-amz-target", "S3Tables.ListTagsForResource");
    assertThat(
            target
                .root("POST", "/", "{\"resourceArn\":\"%s\"}".formatted(table))
                .requireOk()
                .json()
                .getJsonObject("tags"))
        .isEmpty();
  }
}
