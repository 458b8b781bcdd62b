package dev.lakebed.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.support.Evidence;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAbacStatus;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.Tagging;
import software.amazon.awssdk.services.s3tables.S3TablesClient;

/**
 * Access by attributes from end to end with the AWS SDK: session tags against the tags of objects,
 * buckets, table buckets, tables and roles (AWS, "What is ABAC for AWS?").
 */
@Evidence({"contract-1.8", "contract-5.3", "contract-5.4"})
@AcceptanceTest
class SessionTagIT {
  private static final String MINE = "\"${aws:PrincipalTag/team}\"";
  private static final String DENIED = "403 AccessDenied";

  private final Endpoint endpoint = Endpoint.deployed();
  private final String bucket = "abac-" + UUID.randomUUID().toString().substring(0, 8);

  private static Tagging team(String value) {
    return Tagging.builder().tagSet(tag(value)).build();
  }

  private static Tag tag(String value) {
    return Tag.builder().key("team").value(value).build();
  }

  private static String allow(String actions, String key) {
    return """
    {"Effect":"Allow","Action":[%s],"Resource":"*","Condition":{"StringEquals":{"%s":%s}}}\
    """
        .formatted(actions, key, MINE);
  }

  private String get(S3Client s3, String key) {
    return Outcome.of(() -> s3.getObjectAsBytes(get -> get.bucket(bucket).key(key)));
  }

  @Test
  void a_session_reads_the_objects_of_its_team_only() {
    try (S3Client admin = endpoint.s3(Keys.ADMIN);
        TaggedRole role =
            new TaggedRole(endpoint, "", allow("\"s3:GetObject\"", "s3:ExistingObjectTag/team"));
        S3Client red = endpoint.s3(role.session("red"));
        S3Client blue = endpoint.s3(role.session("blue"))) {
      admin.createBucket(create -> create.bucket(bucket));
      for (String team : List.of("red", "blue")) {
        admin.putObject(
            put -> put.bucket(bucket).key(team).tagging(team(team)), RequestBody.fromString(team));
      }
      admin.putObject(put -> put.bucket(bucket).key("none"), RequestBody.fromString("x"));
      assertThat(get(red, "red")).isEqualTo("ok");
      assertThat(get(red, "blue")).isEqualTo(DENIED);
      assertThat(get(red, "none")).isEqualTo(DENIED);
      assertThat(get(blue, "blue")).isEqualTo("ok");
      assertThat(get(blue, "red")).isEqualTo(DENIED);
      admin.putObjectTagging(put -> put.bucket(bucket).key("none").tagging(team("red")));
      assertThat(get(red, "none")).isEqualTo("ok");
      admin.putObjectTagging(put -> put.bucket(bucket).key("none").tagging(team("blue")));
      assertThat(get(red, "none")).isEqualTo(DENIED);
      assertThat(get(blue, "none")).isEqualTo("ok");
      admin.deleteObjectTagging(delete -> delete.bucket(bucket).key("none"));
      assertThat(get(blue, "none")).isEqualTo(DENIED);
      assertThat(admin.getObjectTagging(get -> get.bucket(bucket).key("red")).tagSet())
          .containsExactly(tag("red"));
      assertThat(admin.headObject(head -> head.bucket(bucket).key("red")).tagCount()).isEqualTo(1);
    }
  }

  @Test
  void a_session_reads_the_buckets_of_its_team_only_while_abac_is_enabled() {
    try (S3Client admin = endpoint.s3(Keys.ADMIN);
        TaggedRole role =
            new TaggedRole(endpoint, "", allow("\"s3:GetObject\"", "aws:ResourceTag/team"));
        S3Client red = endpoint.s3(role.session("red"));
        S3Client blue = endpoint.s3(role.session("blue"))) {
      admin.createBucket(
          create -> create.bucket(bucket).createBucketConfiguration(c -> c.tags(tag("red"))));
      admin.putObject(put -> put.bucket(bucket).key("k"), RequestBody.fromString("x"));
      assertThat(admin.getBucketTagging(get -> get.bucket(bucket)).tagSet())
          .containsExactly(tag("red"));
      assertThat(get(red, "k")).isEqualTo(DENIED);
      admin.putBucketAbac(
          put -> put.bucket(bucket).abacStatus(abac -> abac.status(BucketAbacStatus.ENABLED)));
      assertThat(admin.getBucketAbac(get -> get.bucket(bucket)).abacStatus().status())
          .isEqualTo(BucketAbacStatus.ENABLED);
      assertThat(get(red, "k")).isEqualTo("ok");
      assertThat(get(blue, "k")).isEqualTo(DENIED);
      assertThat(
              Outcome.of(
                  () -> admin.putBucketTagging(put -> put.bucket(bucket).tagging(team("blue")))))
          .isEqualTo("400 InvalidRequest");
      admin.putBucketAbac(
          put -> put.bucket(bucket).abacStatus(abac -> abac.status(BucketAbacStatus.DISABLED)));
      admin.putBucketTagging(put -> put.bucket(bucket).tagging(team("blue")));
      admin.deleteBucketTagging(delete -> delete.bucket(bucket));
      assertThat(Outcome.of(() -> admin.getBucketTagging(get -> get.bucket(bucket))))
          .isEqualTo("404 NoSuchTagSet");
    }
  }

  @Test
  void a_session_sees_the_table_buckets_and_tables_of_its_team_only() {
    try (S3TablesClient admin = endpoint.tables(Keys.ADMIN);
        TaggedRole role =
            new TaggedRole(
                endpoint,
                "",
                allow(
                    "\"s3tables:GetTableBucket\",\"s3tables:GetTable\",\"s3tables:GetTableData\"",
                    "aws:ResourceTag/team"));
        S3TablesClient red = endpoint.tables(role.session("red"));
        S3TablesClient blue = endpoint.tables(role.session("blue"));
        S3Client files = endpoint.s3(role.session("red"));
        S3Client writer = endpoint.s3(Keys.ADMIN)) {
      String arn =
          admin.createTableBucket(create -> create.name(bucket).tags(Map.of("team", "red"))).arn();
      assertThat(Outcome.of(() -> red.getTableBucket(get -> get.tableBucketARN(arn))))
          .isEqualTo("ok");
      assertThat(Outcome.of(() -> blue.getTableBucket(get -> get.tableBucketARN(arn))))
          .isEqualTo("403 AccessDeniedException");
      admin.createNamespace(create -> create.tableBucketARN(arn).namespace("ns"));
      String table =
          admin
              .createTable(
                  create ->
                      create
                          .tableBucketARN(arn)
                          .namespace("ns")
                          .name("t")
                          .format("ICEBERG")
                          .tags(Map.of("team", "blue")))
              .tableARN();
      writer.putObject(put -> put.bucket(bucket).key("ns/t/f"), RequestBody.fromString("x"));
      assertThat(Outcome.of(() -> blue.getTable(get -> get.tableArn(table)))).isEqualTo("ok");
      assertThat(Outcome.of(() -> red.getTable(get -> get.tableArn(table))))
          .isEqualTo("403 AccessDeniedException");
      assertThat(get(files, "ns/t/f")).isEqualTo(DENIED);
      admin.tagResource(tag -> tag.resourceArn(table).tags(Map.of("team", "red")));
      assertThat(Outcome.of(() -> red.getTable(get -> get.tableArn(table)))).isEqualTo("ok");
      assertThat(get(files, "ns/t/f")).isEqualTo("ok");
      admin.untagResource(untag -> untag.resourceArn(table).tagKeys("team"));
      assertThat(admin.listTagsForResource(list -> list.resourceArn(table)).tags()).isEmpty();
      assertThat(get(files, "ns/t/f")).isEqualTo(DENIED);
    }
  }

  @Test
  void a_role_is_assumed_only_while_it_has_the_tag_that_its_trust_policy_asks_for() {
    try (TaggedRole role =
        new TaggedRole(
            endpoint,
            ",\"Condition\":{\"StringEquals\":{\"iam:ResourceTag/stage\":\"test\"}}",
            allow("\"s3:GetObject\"", "s3:ExistingObjectTag/team"))) {
      assertThat(Outcome.of(() -> role.session("red"))).isEqualTo("ok");
      role.iam().untagRole(untag -> untag.roleName(role.name()).tagKeys("Stage"));
      assertThat(Outcome.of(() -> role.session("red"))).isEqualTo(DENIED);
    }
  }
}
