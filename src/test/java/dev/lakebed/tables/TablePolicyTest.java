package dev.lakebed.tables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.auth.Caller;
import dev.lakebed.auth.Permission;
import dev.lakebed.auth.Permission.Resource;
import dev.lakebed.iam.model.UniqueId;
import dev.lakebed.kit.Answer;
import dev.lakebed.kit.PolicyCaller;
import dev.lakebed.policy.Keys;
import dev.lakebed.policy.ResourceActions;
import dev.lakebed.support.Evidence;
import dev.lakebed.tables.TableServer.Backend;
import dev.lakebed.tables.rest.OperationName;
import jakarta.json.Json;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Policies of table buckets and tables, and the rights of tables on their files. */
@Evidence({"contract-1.1", "contract-1.4", "contract-1.5", "contract-1.8"})
@ParameterizedClass
@EnumSource(Backend.class)
class TablePolicyTest {
  private static final String OTHER = "111122223333";

  private final TableServer s3tables;
  private final Caller stranger =
      PolicyCaller.user(OTHER, "test", "{'Effect':'Allow','Action':'s3tables:*','Resource':'*'}");
  private String tableArn = "";

  TablePolicyTest(Backend backend) {
    this.s3tables = new TableServer(backend);
  }

  @BeforeEach
  void createTables() {
    tableArn = s3tables.withNamespace("ns").table("ns", "t").requireOk().member("tableARN");
    s3tables.table("ns", "u").requireOk();
  }

  private static String document(String effect, String principal, String action, String resource) {
    return "{'Version':'2012-10-17','Statement':[{'Effect':%s,%s'Action':'%s','Resource':'%s'}]}"
        .formatted(effect, principal, action, resource)
        .replace('\'', '"');
  }

  private static String granting(String action, String resource) {
    return document("'Allow'", "'Principal':{'AWS':'" + OTHER + "'},", action, resource);
  }

  private static String body(String policy) {
    return Json.createObjectBuilder().add("resourcePolicy", policy).build().toString();
  }

  private String ofBucket() {
    return "/buckets/" + s3tables.label + "/policy";
  }

  private String ofTable() {
    return "/tables/" + s3tables.label + "/ns/t/policy";
  }

  private Answer look(Caller caller, String table) {
    return s3tables.call(
        caller, "GET", "/tables/" + s3tables.label + "/ns/" + table + "/metadata-location", "");
  }

  @Test
  void policies_are_given_back_as_written_and_deleted() {
    for (String place : List.of(ofBucket(), ofTable())) {
      String resource = place.startsWith("/buckets") ? s3tables.arn + "/*" : tableArn;
      String policy = granting("s3tables:GetTable", resource) + " ";
      s3tables.root("GET", place).requireError(404, "NotFoundException");
      s3tables.root("PUT", place, body(policy)).requireOk();
      assertThat(s3tables.root("GET", place).requireOk().member("resourcePolicy"))
          .isEqualTo(policy);
      s3tables.root("PUT", place, body(policy.strip())).requireOk();
      assertThat(s3tables.root("GET", place).member("resourcePolicy")).isEqualTo(policy.strip());
      s3tables.root("DELETE", place).requireOk();
      s3tables.root("GET", place).requireError(404, "NotFoundException");
    }
  }

  /** AWS, "Principal": an ARN is shown as long as the principal exists, then its unique id. */
  @Test
  @Evidence({"attack-22", "attack-76"})
  void policies_mean_the_user_that_was_there_when_they_were_put() {
    String test = "arn:aws:iam::" + OTHER + ":user/test";
    for (String place : List.of(ofBucket(), ofTable())) {
      String resource = place.startsWith("/buckets") ? s3tables.arn + "/*" : tableArn;
      String policy =
          document(
              "'Allow'",
              "'Principal':{'AWS':'" + test + "'},",
              "s3tables:GetTableMetadataLocation",
              resource);
      s3tables.server.stores.principals.put(test, "AIDAAAAAAAAAAAAAANOTHE");
      s3tables.root("PUT", place, body(policy)).requireOk();
      assertThat(s3tables.root("GET", place).requireOk().member("resourcePolicy"))
          .isEqualTo(policy);
      look(stranger, "t").requireError(403, "ForbiddenException");
      s3tables.server.stores.principals.remove(test);
      assertThat(s3tables.root("GET", place).requireOk().member("resourcePolicy"))
          .isEqualTo(policy.replace(test, "AIDAAAAAAAAAAAAAANOTHE"));
      s3tables.server.stores.principals.put(test, UniqueId.ofArn("AIDA", "test"));
      s3tables.root("PUT", place, body(policy)).requireOk();
      look(stranger, "t").requireOk();
      s3tables.root("DELETE", place).requireOk();
    }
  }

  @Test
  @Evidence("attack-22")
  void who_does_not_exist_cannot_be_named() {
    for (String place : List.of(ofBucket(), ofTable())) {
      String resource = place.startsWith("/buckets") ? s3tables.arn + "/*" : tableArn;
      String policy =
          document(
              "'Allow'",
              "'Principal':{'AWS':'arn:aws:iam::" + OTHER + ":role/absent'},",
              "s3tables:GetTable",
              resource);
      s3tables.root("PUT", place, body(policy)).requireError(400, "BadRequestException");
      s3tables.root("GET", place).requireError(404, "NotFoundException");
    }
  }

  /** A Deny on what does not exist, or that has nothing to act on, protects nothing. */
  @ParameterizedTest
  @CsvSource({
    "s3tables:GetTabel, /*",
    "s3:GetObject, /*",
    "lambda:InvokeFunction, /*",
    "s3tables:GetTableData, ''",
    "s3tables:ListNamespaces, /*",
    "s3tables:CreateTableBucketPolicy*, ''"
  })
  void an_action_that_protects_nothing_is_refused(String action, String below) {
    String everybody = "'Principal':'*',";
    Answer refused =
        s3tables.root(
            "PUT", ofBucket(), body(document("'Deny'", everybody, action, s3tables.arn + below)));
    refused.requireError(400, "BadRequestException");
    assertThat(refused.member("message")).contains("statement #0");
    s3tables.root("GET", ofBucket()).requireError(404, "NotFoundException");
  }

  @Test
  void the_actions_of_policies_act_on_what_the_operations_ask_for() {
    for (OperationName operation : OperationName.values()) {
      String action = operation.action();
      boolean onTable = ResourceActions.OF_TABLE.actsOnWhole(action);
      boolean onBucket = ResourceActions.TABLE_BUCKET.actsOnWhole(action);
      switch (operation.target()) {
        case TABLE, TABLE_ARN -> assertThat(onTable).as(action).isTrue();
        case BUCKET, ACCOUNT -> assertThat(onBucket).as(action).isTrue();
        case EITHER -> assertThat(onTable && onBucket).as(action).isTrue();
      }
    }
  }

  @Test
  void the_policy_of_a_table_lets_another_account_at_this_table_only() {
    look(stranger, "t").requireError(403, "ForbiddenException");
    s3tables
        .root("PUT", ofTable(), body(granting("s3tables:GetTableMetadataLocation", tableArn)))
        .requireOk();
    look(stranger, "t").requireOk();
    look(stranger, "u").requireError(403, "ForbiddenException");
  }

  @Test
  void the_policy_of_a_bucket_reaches_its_tables() {
    s3tables
        .root(
            "PUT",
            ofBucket(),
            body(granting("s3tables:GetTableMetadataLocation", s3tables.arn + "/*")))
        .requireOk();
    look(stranger, "t").requireOk();
    look(stranger, "u").requireOk();
    s3tables
        .call(stranger, "GET", "/buckets/" + s3tables.label, "")
        .requireError(403, "AccessDeniedException");
  }

  @Test
  void public_foreign_and_malformed_policies_are_refused() {
    List<String> refused =
        List.of(
            "",
            "{}",
            document("'Allow'", "'Principal':'*',", "s3tables:GetTable", s3tables.arn),
            granting("s3tables:GetTable", "*"),
            granting("s3tables:GetTable", s3tables.arn + "2"),
            granting("s3tables:GetTable", s3tables.arn) + " ".repeat(20 * 1024));
    for (String policy : refused) {
      s3tables.root("PUT", ofBucket(), body(policy)).requireError(400, "BadRequestException");
      s3tables.root("PUT", ofTable(), body(policy)).requireError(400, "BadRequestException");
    }
    s3tables
        .root("PUT", ofTable(), body(granting("s3tables:GetTable", s3tables.arn)))
        .requireError(400, "BadRequestException");
  }

  @Test
  void another_account_does_not_manage_policies_even_when_it_may() {
    s3tables.root("PUT", ofBucket(), body(granting("s3tables:*", s3tables.arn))).requireOk();
    s3tables.root("PUT", ofTable(), body(granting("s3tables:*", tableArn))).requireOk();
    for (String place : List.of(ofBucket(), ofTable())) {
      for (String method : List.of("GET", "DELETE")) {
        s3tables.call(stranger, method, place, "").requireError(403, "ForbiddenException");
      }
      s3tables.call(stranger, "PUT", place, body("{}")).requireError(403, "ForbiddenException");
    }
  }

  @Test
  void a_policy_of_a_missing_table_or_bucket_is_not_found() {
    String policy = body(granting("s3tables:GetTable", tableArn));
    s3tables
        .root("PUT", ofTable().replace("/ns/t/", "/ns/gone/"), policy)
        .requireError(404, "NotFoundException");
    s3tables
        .root("PUT", ofBucket().replace(s3tables.bucket, "b-gone"), policy)
        .requireError(404, "NotFoundException");
  }

  @Test
  @Evidence("attack-49")
  void files_of_a_table_are_reached_by_the_rights_on_the_table_or_by_s3_policy() {
    TableRights rights = s3tables.server.rights;
    Caller writer = rights.of(PolicyCaller.allowed("s3tables:PutTableData", tableArn));
    Caller reader = rights.of(PolicyCaller.allowed("s3tables:GetTableData", tableArn));
    Caller byS3 = rights.of(PolicyCaller.allowed("s3:*", "*"));
    assertThat(reader.may(s3("s3:GetObject", "/ns/t/metadata/a"))).isTrue();
    assertThat(reader.may(s3("s3:PutObject", "/ns/t/metadata/a"))).isFalse();
    assertThat(reader.may(s3("s3:DeleteObject", "/ns/t/metadata/a"))).isFalse();
    assertThat(reader.may(listing("ns/t/"))).isTrue();
    assertThat(reader.may(listing("ns/"))).isFalse();
    assertThat(reader.may(listing("ns/u/"))).isFalse();
    assertThat(writer.may(s3("s3:PutObject", "/ns/t/metadata/a"))).isTrue();
    assertThat(writer.may(s3("s3:DeleteObject", "/ns/t/metadata/a"))).isTrue();
    assertThat(writer.may(s3("s3:GetObject", "/ns/t/metadata/a"))).isFalse();
    assertThat(writer.may(s3("s3:PutObject", "/ns/u/metadata/a"))).isFalse();
    assertThat(writer.may(s3("s3:PutObject", "/elsewhere/a"))).isFalse();
    assertThat(byS3.may(s3("s3:PutObject", "/ns/t/metadata/a"))).isTrue();
    assertThat(byS3.may(s3("s3:PutObject", "/elsewhere/a"))).isTrue();
  }

  @Test
  @Evidence("attack-49")
  void a_deny_on_the_table_binds_s3_policies_too() {
    TableRights rights = s3tables.server.rights;
    Caller byS3 = rights.of(PolicyCaller.allowed("s3:*", "*"));
    String owner = "'Principal':{'AWS':'arn:aws:iam::000000000000:user/test'},";
    s3tables
        .root("PUT", ofTable(), body(document("'Deny'", owner, "s3tables:PutTableData", tableArn)))
        .requireOk();
    assertThat(byS3.may(s3("s3:PutObject", "/ns/t/metadata/a"))).isFalse();
    assertThat(byS3.may(s3("s3:DeleteObject", "/ns/t/metadata/a"))).isFalse();
    assertThat(byS3.may(s3("s3:PutObjectTagging", "/ns/t/metadata/a"))).isFalse();
    assertThat(byS3.may(s3("s3:GetObject", "/ns/t/metadata/a"))).isTrue();
    assertThat(byS3.may(s3("s3:PutObject", "/ns/u/metadata/a"))).isTrue();
    s3tables
        .root("PUT", ofTable(), body(document("'Deny'", owner, "s3tables:GetTableData", tableArn)))
        .requireOk();
    assertThat(byS3.may(s3("s3:GetObject", "/ns/t/metadata/a"))).isFalse();
    assertThat(byS3.may(s3("s3:GetObjectTagging", "/ns/t/metadata/a"))).isFalse();
    assertThat(byS3.may(listing("ns/t/metadata/"))).isFalse();
    assertThat(byS3.may(listing("ns/t/"))).isFalse();
    assertThat(byS3.may(listing("ns/t"))).isFalse();
    assertThat(byS3.may(listing("ns/u/"))).isTrue();
    assertThat(byS3.may(s3("s3:PutObject", "/ns/t/metadata/a"))).isTrue();
  }

  @Test
  @Evidence("attack-49")
  void rights_on_data_are_none_on_tags_and_on_what_lies_beside() {
    TableRights rights = s3tables.server.rights;
    Caller both = rights.of(PolicyCaller.allowed("s3tables:*", tableArn));
    assertThat(both.may(s3("s3:PutObjectTagging", "/ns/t/a"))).isFalse();
    assertThat(both.may(s3("s3:GetObjectTagging", "/ns/t/a"))).isFalse();
    assertThat(both.may(listing("ns/t"))).isFalse();
  }

  private Permission s3(String action, String path) {
    return Permission.of(
        action, Resource.of("arn:aws:s3:::" + s3tables.bucket + path, PolicyCaller.ACCOUNT));
  }

  private Permission listing(String prefix) {
    Keys keys = key -> key.equals("s3:prefix") ? List.of(prefix) : List.of();
    return new Permission(
        "s3:ListBucket",
        Resource.of("arn:aws:s3:::" + s3tables.bucket, PolicyCaller.ACCOUNT),
        keys);
  }
}
