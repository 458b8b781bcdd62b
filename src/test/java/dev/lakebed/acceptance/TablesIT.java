package dev.lakebed.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakebed.support.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3tables.S3TablesClient;
import software.amazon.awssdk.services.s3tables.model.ConflictException;
import software.amazon.awssdk.services.s3tables.model.GetTableMetadataLocationResponse;
import software.amazon.awssdk.services.s3tables.model.NotFoundException;
import software.amazon.awssdk.services.s3tables.model.OpenTableFormat;

/** S3 Tables as S3TablesCatalog uses it. */
@AcceptanceTest
class TablesIT {
  private final String bucket = "k-" + UUID.randomUUID().toString().substring(0, 8);
  private final Endpoint endpoint = Endpoint.deployed();
  private final S3TablesClient tables = endpoint.tables(Keys.ADMIN);

  @Test
  @Evidence({"catalog-K1", "rule-3"})
  void a_table_is_found_renamed_and_missing_under_its_old_name() {
    String arn = tableIn("ns");
    assertThat(tables.getTableBucket(get -> get.tableBucketARN(arn)).name()).isEqualTo(bucket);
    assertThat(tables.getNamespace(get -> get.tableBucketARN(arn).namespace("ns")).namespace())
        .containsExactly("ns");
    assertThat(tables.listNamespaces(list -> list.tableBucketARN(arn)).namespaces()).hasSize(1);
    tables.renameTable(
        rename -> rename.tableBucketARN(arn).namespace("ns").name("t").newName("renamed"));
    assertThat(
            tables
                .getTable(get -> get.tableBucketARN(arn).namespace("ns").name("renamed"))
                .format())
        .isEqualTo(OpenTableFormat.ICEBERG);
    assertThatThrownBy(
            () -> tables.getTable(get -> get.tableBucketARN(arn).namespace("ns").name("t")))
        .isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> tables.deleteNamespace(d -> d.tableBucketARN(arn).namespace("ns")))
        .isInstanceOf(ConflictException.class);
  }

  @Test
  @Evidence("catalog-K2")
  void of_many_parallel_commits_exactly_one_wins() throws Exception {
    String arn = tableIn("ns");
    GetTableMetadataLocationResponse start =
        tables.getTableMetadataLocation(get -> get.tableBucketARN(arn).namespace("ns").name("t"));
    String prefix = start.warehouseLocation() + "/metadata/";
    try (S3Client s3 = endpoint.s3(Keys.ADMIN);
        ExecutorService pool = Executors.newFixedThreadPool(8)) {
      List<Future<String>> commits = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        String location = prefix + "0000" + i + ".metadata.json";
        write(s3, location);
        commits.add(
            pool.submit(
                () ->
                    Outcome.of(
                        () ->
                            tables.updateTableMetadataLocation(
                                update ->
                                    update
                                        .tableBucketARN(arn)
                                        .namespace("ns")
                                        .name("t")
                                        .versionToken(start.versionToken())
                                        .metadataLocation(location)))));
      }
      List<String> outcomes = new ArrayList<>();
      for (Future<String> commit : commits) {
        outcomes.add(commit.get());
      }
      assertThat(outcomes).containsOnlyOnce("ok");
      outcomes.remove("ok");
      assertThat(outcomes).containsOnly("409 ConflictException");
      GetTableMetadataLocationResponse end =
          tables.getTableMetadataLocation(get -> get.tableBucketARN(arn).namespace("ns").name("t"));
      assertThat(end.metadataLocation()).startsWith(prefix);
      assertThat(end.versionToken()).isNotEqualTo(start.versionToken());
    }
  }

  @Test
  @Evidence("catalog-K4")
  void a_table_bucket_is_a_warehouse_for_lakekeeper() {
    tables.createTableBucket(create -> create.name(bucket));
    String table = "warehouse/" + UUID.randomUUID();
    AwsCredentials vended =
        Keys.vended(endpoint, Keys.KEEPER, SessionPolicy.readWriteDelete(bucket, table));
    try (S3Client s3 = endpoint.s3(vended)) {
      String key = table + "/data/a";
      s3.putObject(put -> put.bucket(bucket).key(key), RequestBody.fromString("x"));
      assertThat(s3.listObjectsV2(l -> l.bucket(bucket).prefix(table + "/")).contents()).hasSize(1);
      assertThat(
              Outcome.of(
                  () ->
                      s3.putObject(
                          put -> put.bucket(bucket).key("warehouse/b"),
                          RequestBody.fromString("x"))))
          .isEqualTo("403 AccessDenied");
      s3.deleteObject(delete -> delete.bucket(bucket).key(key));
      assertThat(s3.listObjectsV2(l -> l.bucket(bucket).prefix(table + "/")).contents()).isEmpty();
    }
  }

  private String tableIn(String namespace) {
    String arn = tables.createTableBucket(create -> create.name(bucket)).arn();
    tables.createNamespace(create -> create.tableBucketARN(arn).namespace(namespace));
    tables.createTable(
        create ->
            create
                .tableBucketARN(arn)
                .namespace(namespace)
                .name("t")
                .format(OpenTableFormat.ICEBERG));
    return arn;
  }

  private static void write(S3Client s3, String location) {
    String path = location.substring("s3://".length());
    int slash = path.indexOf('/');
    s3.putObject(
        put -> put.bucket(path.substring(0, slash)).key(path.substring(slash + 1)),
        RequestBody.fromString("{}"));
  }
}
