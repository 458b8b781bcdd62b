package dev.lakebed.tables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.auth.Caller;
import dev.lakebed.http.PercentEncoding;
import dev.lakebed.kit.Answer;
import dev.lakebed.kit.PolicyCaller;
import dev.lakebed.support.Evidence;
import dev.lakebed.tables.rest.OperationName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may do what with table buckets, namespaces and tables. */
@Evidence({"contract-1.4", "contract-1.8"})
class AuthorizationTest {
  private static final String REGION_ARN = "arn:aws:s3tables:us-east-1:000000000000:bucket/";

  private final TableServer s3tables = TableServer.inMemory();
  private String tableArn = "";

  @BeforeEach
  void createTable() {
    tableArn = s3tables.withNamespace("ns").table("ns", "t").requireOk().member("tableARN");
    s3tables.namespace("other").requireOk();
  }

  /** A valid request for one operation. */
  private record Example(String method, String target, String body) {}

  /** For every operation one, written out from the API reference of S3 Tables. */
  private Map<OperationName, Example> examples() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("src/test/resources/tables/requests.txt"))) {
      return lines
          .map(line -> line.split(" ", 4))
          .collect(
              Collectors.toMap(
                  line -> OperationName.valueOf(line[0]),
                  line -> new Example(line[1], filled(line[2]), line.length == 4 ? line[3] : "")));
    }
  }

  private String filled(String target) {
    return target
        .replace("BUCKET", s3tables.label)
        .replace("TABLE", PercentEncoding.encode(tableArn));
  }

  private String metadataLocation(String namespace, String name) {
    return "/tables/%s/%s/%s/metadata-location".formatted(s3tables.label, namespace, name);
  }

  @Test
  @Evidence("attack-44")
  void plain_s3_reader_is_refused_every_operation() throws IOException {
    Caller reader = PolicyCaller.allowed("s3:*", "*");
    Map<OperationName, Example> examples = examples();
    assertThat(examples).containsOnlyKeys(OperationName.values());
    examples.forEach(
        (operation, example) ->
            s3tables
                .call(reader, example.method(), example.target(), example.body())
                .requireError(403, operation.denied().type()));
  }

  @Test
  void operations_that_are_not_built_say_so_to_those_who_may() throws IOException {
    Set<OperationName> unbuilt = new HashSet<>();
    examples()
        .forEach(
            (operation, example) -> {
              Answer answer = s3tables.root(example.method(), example.target(), example.body());
              if (answer.status() == 501) {
                answer.requireError(501, "NotImplementedException");
                unbuilt.add(operation);
              }
            });
    assertThat(unbuilt)
        .contains(OperationName.PUT_TABLE_REPLICATION)
        .doesNotContain(
            OperationName.CREATE_TABLE,
            OperationName.RENAME_TABLE,
            OperationName.UPDATE_TABLE_METADATA_LOCATION);
  }

  /** The message without the id of the decision. */
  private static String sentence(Answer refused) {
    return refused.member("message").replaceFirst(" \\(decision [0-9A-F]{16}\\)$", "");
  }

  @Test
  void refusal_does_not_tell_whether_a_table_or_bucket_exists() {
    Caller nobody = PolicyCaller.allowed("s3tables:GetTable", REGION_ARN + "unrelated/*");
    Answer existing = s3tables.call(nobody, "GET", metadataLocation("ns", "t"), "");
    existing.requireError(403, "ForbiddenException");
    Set<String> members = Set.of("message", "decisionId");
    assertThat(existing.json().keySet()).isEqualTo(members);
    for (String other :
        new String[] {metadataLocation("ns", "missing"), metadataLocation("missing", "t")}) {
      Answer missing = s3tables.call(nobody, "GET", other, "");
      missing.requireError(403, "ForbiddenException");
      assertThat(sentence(missing)).isEqualTo(sentence(existing));
      assertThat(missing.json().keySet()).isEqualTo(members);
    }
    String gone = s3tables.label.replace(s3tables.bucket, "gone");
    Answer missingBucket =
        s3tables.call(nobody, "GET", metadataLocation("ns", "t").replace(s3tables.label, gone), "");
    assertThat(sentence(missingBucket).replace("gone", s3tables.bucket))
        .isEqualTo(sentence(existing));
    s3tables.call(nobody, "GET", "/buckets/" + gone, "").requireError(403, "AccessDeniedException");
    s3tables
        .call(nobody, "GET", "/buckets/" + s3tables.label, "")
        .requireError(403, "AccessDeniedException");
  }

  @Test
  void grant_on_one_table_reaches_only_that_table() {
    s3tables.table("ns", "u").requireOk();
    Caller reader = PolicyCaller.allowed("s3tables:GetTableMetadataLocation", tableArn);
    s3tables.call(reader, "GET", metadataLocation("ns", "t"), "").requireOk();
    s3tables
        .call(reader, "GET", metadataLocation("ns", "u"), "")
        .requireError(403, "ForbiddenException");
    s3tables
        .call(reader, "GET", metadataLocation("ns", "missing"), "")
        .requireError(403, "ForbiddenException");
  }

  @Test
  void grant_on_all_tables_of_the_bucket_shows_what_is_missing() {
    Caller reader = PolicyCaller.allowed("s3tables:*", REGION_ARN + s3tables.bucket + "/table/*");
    s3tables.call(reader, "GET", metadataLocation("ns", "t"), "").requireOk();
    s3tables
        .call(reader, "GET", metadataLocation("ns", "missing"), "")
        .requireError(404, "NotFoundException");
    s3tables
        .call(reader, "GET", "/buckets/" + s3tables.label, "")
        .requireError(403, "AccessDeniedException");
  }

  @Test
  void conditions_on_namespace_and_table_name_are_evaluated() {
    s3tables.table("other", "t").requireOk();
    s3tables.table("ns", "u").requireOk();
    Caller reader =
        PolicyCaller.allowed(
            "s3tables:*",
            "*",
            "{\"StringEquals\":{\"s3tables:namespace\":\"ns\",\"s3tables:tableName\":\"t\"}}");
    s3tables.call(reader, "GET", metadataLocation("ns", "t"), "").requireOk();
    s3tables
        .call(reader, "GET", metadataLocation("other", "t"), "")
        .requireError(403, "ForbiddenException");
    s3tables
        .call(reader, "GET", metadataLocation("ns", "u"), "")
        .requireError(403, "ForbiddenException");
    String all = "/tables/" + s3tables.label;
    Caller lister =
        PolicyCaller.allowed(
            "s3tables:ListTables", "*", "{\"StringEquals\":{\"s3tables:namespace\":\"ns\"}}");
    s3tables.call(lister, "GET", all + "?namespace=ns", "").requireOk();
    s3tables.call(lister, "GET", all, "").requireError(403, "ForbiddenException");
  }

  @Test
  void grant_for_one_namespace_does_not_move_tables_out_of_it() {
    Caller keeper =
        PolicyCaller.allowed(
            "s3tables:*", "*", "{\"StringEquals\":{\"s3tables:namespace\":\"ns\"}}");
    String rename = "/tables/" + s3tables.label + "/ns/t/rename";
    s3tables
        .call(keeper, "PUT", rename, "{\"newNamespaceName\":\"other\"}")
        .requireError(403, "ForbiddenException");
    s3tables.call(keeper, "PUT", rename, "{\"newName\":\"u\"}").requireOk();
  }

  @Test
  void deny_written_with_the_servers_region_binds_whatever_region_the_request_says() {
    Caller denied =
        PolicyCaller.user(
            PolicyCaller.ACCOUNT,
            "test",
            """
            {"Effect":"Allow","Action":"*","Resource":"*"},
            {"Effect":"Deny","Action":"s3tables:*","Resource":"%s*"}\
            """
                .formatted(s3tables.arn));
    String elsewhere = metadataLocation("ns", "t").replace("us-east-1", "eu-west-1");
    s3tables.root("GET", elsewhere).requireOk();
    s3tables.call(denied, "GET", elsewhere, "").requireError(403, "ForbiddenException");
  }

  @Test
  void caller_of_another_account_is_refused() {
    Caller stranger =
        PolicyCaller.user("111111111111", "test", "{'Effect':'Allow','Action':'*','Resource':'*'}");
    s3tables
        .call(stranger, "GET", metadataLocation("ns", "t"), "")
        .requireError(403, "ForbiddenException");
    s3tables
        .call(stranger, "DELETE", "/buckets/" + s3tables.label, "")
        .requireError(403, "ForbiddenException");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "s3tables:StorageClass | STANDARD | {'storageClassConfiguration':{'storageClass':'%s'}}"
            + "| s3tables:PutTableStorageClass | s3tables:PutTableBucketStorageClass | 200",
        "s3tables:SSEAlgorithm | AES256 | {'encryptionConfiguration':{'sseAlgorithm':'%s'}}"
            + "| s3tables:PutTableEncryption | s3tables:PutTableBucketEncryption | 501",
        "s3tables:KMSKeyArn | arn:aws:kms:::key/a |"
            + " {'encryptionConfiguration':{'sseAlgorithm':'aws:kms','kmsKeyArn':'%s'}}"
            + "| s3tables:PutTableEncryption | s3tables:PutTableBucketEncryption | 501"
      })
  void what_a_new_bucket_or_table_is_to_have_needs_its_right_and_is_a_key(
      String key, String value, String member, String onTable, String onBucket, int status) {
    String body = member.formatted(value).replace('\'', '"').substring(1);
    String table = "{\"name\":\"new\",\"format\":\"ICEBERG\"," + body;
    String bucket = "{\"name\":\"" + s3tables.bucket + "-new\"," + body;
    String tables = "/tables/" + s3tables.label + "/ns";
    for (String wanted : new String[] {value + "x", value}) {
      Caller caller =
          PolicyCaller.allowed(
              "s3tables:*", "*", "{\"StringEquals\":{\"%s\":\"%s\"}}".formatted(key, wanted));
      int expected = wanted.equals(value) ? status : 403;
      assertThat(s3tables.call(caller, "PUT", tables, table).status()).isEqualTo(expected);
      assertThat(s3tables.call(caller, "PUT", "/buckets", bucket).status()).isEqualTo(expected);
    }
    s3tables
        .call(without(onTable), "PUT", tables, table.replace("new", "newer"))
        .requireError(403, "ForbiddenException");
    s3tables
        .call(without(onBucket), "PUT", "/buckets", bucket.replace("-new", "-newer"))
        .requireError(403, "ForbiddenException");
  }

  private static Caller without(String action) {
    return PolicyCaller.user(
        PolicyCaller.ACCOUNT,
        "test",
        """
        {"Effect":"Allow","Action":"*","Resource":"*"},
        {"Effect":"Deny","Action":"%s","Resource":"*"}\
        """
            .formatted(action));
  }

  @Test
  void a_put_of_encryption_or_storage_class_shows_policies_what_it_puts() {
    Caller standard =
        PolicyCaller.allowed(
            "s3tables:*", "*", "{\"StringEquals\":{\"s3tables:StorageClass\":\"STANDARD\"}}");
    String target = "/buckets/" + s3tables.label + "/storage-class";
    String body = "{\"storageClassConfiguration\":{\"storageClass\":\"%s\"}}";
    s3tables
        .call(standard, "PUT", target, body.formatted("INTELLIGENT_TIERING"))
        .requireError(403, "ForbiddenException");
    s3tables
        .call(standard, "PUT", target, body.formatted("STANDARD"))
        .requireError(501, "NotImplementedException");
  }

  @Test
  void metadata_of_a_new_table_needs_the_right_to_write_its_data() {
    String body = "{\"name\":\"n\",\"format\":\"ICEBERG\",\"metadata\":{}}";
    String target = "/tables/" + s3tables.label + "/ns";
    s3tables
        .call(without("s3tables:PutTableData"), "PUT", target, body)
        .requireError(403, "ForbiddenException");
    s3tables.root("PUT", target, body).requireError(501, "NotImplementedException");
  }
}
