package dev.lakebed.tables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.kit.Answer;
import dev.lakebed.support.Evidence;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How requests may arrive: path labels as AWS sends them, the tolerances of SeaweedFS, malformed
 * ones.
 */
@Evidence({"contract-1.1", "seaweedfs-4.1"})
class TransportTest {
  private final TableServer s3tables = TableServer.inMemory();

  @Test
  @Evidence("catalog-K1")
  void arn_may_be_one_encoded_segment_partly_encoded_or_raw() {
    s3tables.withNamespace("ns").table("ns", "t").requireOk();
    for (String arn :
        List.of(
            s3tables.label,
            s3tables.arn,
            s3tables.arn.replace("/", "%2F"),
            s3tables.arn.replace("/", "%2f"),
            s3tables.arn.replace(":", "%3A"))) {
      s3tables.root("GET", "/buckets/" + arn).requireOk();
      s3tables.root("GET", "/namespaces/" + arn + "/ns").requireOk();
      s3tables.root("GET", "/tables/" + arn + "/ns/t/metadata-location").requireOk();
    }
  }

  @Test
  void raw_table_arn_is_read_in_the_tag_path() {
    String arn = s3tables.withNamespace("ns").table("ns", "t").requireOk().member("tableARN");
    for (String resource : List.of(arn, s3tables.arn)) {
      s3tables.root("POST", "/tag/" + resource, "{\"tags\":{\"a\":\"b\"}}").requireOk();
      s3tables.root("DELETE", "/tag/" + resource + "?tagKeys=a").requireOk();
      assertThat(s3tables.root("GET", "/tag/" + resource).requireOk().json().getJsonObject("tags"))
          .isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/x-amz-json-1.1",
        "application/x-amz-json-1.0",
        "application/json",
        "text/plain",
        ""
      })
  void any_content_type_is_accepted(String contentType) {
    s3tables.withHeader("Content-Type", contentType).withBucket();
  }

  @Test
  void target_form_takes_all_parameters_from_the_body() {
    assertThat(target("CreateTableBucket", "{\"name\":\"%s\"}").requireOk().member("arn"))
        .isEqualTo(s3tables.arn);
    target("CreateNamespace", "{\"tableBucketARN\":\"ARN\",\"namespace\":[\"ns\"]}").requireOk();
    target(
            "CreateTable",
            "{\"tableBucketARN\":\"ARN\",\"namespace\":[\"ns\"],\"name\":\"t\",\"format\":\"ICEBERG\"}")
        .requireOk();
    target("ListTables", "{\"tableBucketARN\":\"ARN\",\"maxTables\":10}").requireOk();
    target("GetTable", "{\"tableBucketARN\":\"ARN\",\"namespace\":\"ns\",\"name\":\"t\"}")
        .requireOk();
    Answer missing =
        target("GetTable", "{\"tableBucketARN\":\"ARN\",\"namespace\":\"ns\",\"name\":\"u\"}");
    missing.requireError(404, "NotFoundException");
    assertThat(missing.member("__type")).isEqualTo("NotFoundException");
    target("Nothing", "{}").requireError(404, "UnknownOperationException");
  }

  /** Neither is costly: one would fill the memory when written out, one took 14 s of a core. */
  @Test
  @Evidence("attack-56")
  void numbers_and_names_that_cost_more_than_their_length_are_refused() {
    for (String number : List.of("1e600000000", "1e99999999999", "-1E-600000000")) {
      target("GetTableBucket", "{\"tableBucketARN\":" + number + "}")
          .requireError(400, "BadRequestException");
    }
    String list = "[" + "1,".repeat(270_000) + "1]";
    target("GetTableBucket", "{\"" + "n".repeat(500_000) + "\":" + list + "}")
        .requireError(400, "BadRequestException");
  }

  private Answer target(String operation, String body) {
    return s3tables
        .withHeader("X-Amz-Target", "S3Tables." + operation)
        .root(
            "POST",
            "/",
            body.replace("%s", s3tables.bucket).replace("\"ARN\"", '"' + s3tables.arn + '"'));
  }

  @Test
  void unknown_paths_and_methods_are_told_apart() {
    for (String path : List.of("/", "/bucket", "/buckets/a/b/c/d/e", "//buckets", "/tables")) {
      s3tables.root("GET", path).requireError(404, "UnknownOperationException");
    }
    s3tables.root("POST", "/buckets").requireError(405, "MethodNotAllowedException");
    s3tables
        .root("PATCH", "/buckets/" + s3tables.label)
        .requireError(405, "MethodNotAllowedException");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name",
        "arn%3Aaws%3As3tables%3Aus-east-1%3A000000000000%3Abucket%2F..",
        "arn%3Aaws%3As3tables%3Aus-east-1%3A000000000000%3Abucket%2Fabc%2Ftable%2Fx",
        "arn%3Aaws%3As3tables%3Aus-east-1%3A1%3Abucket%2Fabc",
        "arn%3Aaws%3As3%3A%3A%3Abucket%2Fabc",
        "arn%253Aaws%253As3tables%253Aus-east-1%253A000000000000%253Abucket%252Fabc",
        "%FF",
        "%00"
      })
  @Evidence("attack-58")
  void what_is_no_table_bucket_arn_is_refused(String label) {
    s3tables.root("GET", "/buckets/" + label).requireError(400, "BadRequestException");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "{",
        "{\"name\":}",
        "{\"name\":\"abc\"}x",
        "{\"name\":\"abc\"}{}",
        "{'name':'abc'}",
        "{\"name\":\"abc\",}",
        "{\"name\":[\"abc\"]}",
        "{\"name\":7}",
        "{\"name\":\"abc\",\"name\":\"abc\"}",
        "{\"name\":\"abc\",\"x\":{\"a\":1,\"a\":1}}",
        "{\"name\":\"abc\",\"x\":1e99999999999999999999999999999999999999999999999999999999999999999}"
      })
  @Evidence("attack-56")
  void malformed_bodies_are_refused(String body) {
    s3tables.root("PUT", "/buckets", body).requireError(400, "BadRequestException");
  }

  @Test
  @Evidence("attack-56")
  void body_is_bounded_in_size_and_depth() {
    s3tables
        .root("PUT", "/buckets", "{\"name\":\"" + "a".repeat(1 << 20) + "\"}")
        .requireError(413, "RequestEntityTooLargeException");
    s3tables
        .root("PUT", "/buckets", "{\"name\":" + "[".repeat(10_000))
        .requireError(400, "BadRequestException");
    s3tables
        .root("PUT", "/buckets", "{\"name\":" + "9".repeat(500_000) + "}")
        .requireError(400, "BadRequestException");
  }

  @Test
  void message_names_the_path_of_what_is_wrong() {
    Answer answer = s3tables.root("PUT", "/buckets", "{\"name\":{\"a\":[true]}}");
    assertThat(answer.member("message")).contains("$.name must be a string");
    answer = s3tables.root("PUT", "/buckets", "{\"x\":[{\"b\":1,\"b\":2}]}");
    assertThat(answer.member("message")).contains("duplicate element \"b\" (line 1, column 14)");
  }

  @Test
  void unknown_members_are_ignored_as_AWS_does() {
    s3tables
        .root("PUT", "/buckets", "{\"name\":\"%s\",\"future\":[1,{}]}".formatted(s3tables.bucket))
        .requireOk();
  }
}
