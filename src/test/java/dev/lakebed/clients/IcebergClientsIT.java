package dev.lakebed.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.lakebed.clients.SharedServer.Endpoints;
import dev.lakebed.support.Evidence;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.aws.s3.S3FileIO;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3tables.S3TablesClient;
import software.amazon.s3tables.iceberg.S3TablesCatalog;

/**
 * Iceberg's S3FileIO and the S3 Tables catalog of AWS with vended credentials. Expectations: what
 * Iceberg 1.12 and S3TablesCatalog 0.1.8 demand of Amazon S3 and S3 Tables. Data files are Avro, so
 * that Hadoop is not needed; to the store they are objects like any other.
 */
@ExtendWith(SharedServer.class)
class IcebergClientsIT {
  private static final String KEY = "warehouse/ns/a+b table";

  @Test
  void s3_file_io_creates_appends_to_and_reads_a_table(Endpoints server) throws IOException {
    String bucket = bucket(server);
    try (S3FileIO io = fileIo(VendedCredentials.forTable(server.http(), bucket, KEY))) {
      FileTable operations = new FileTable(io);
      String location = "s3://" + bucket + "/" + KEY;
      operations.commit(
          null,
          TableMetadata.newTableMetadata(
              Rows.SCHEMA, PartitionSpec.unpartitioned(), location, Map.of()));
      Table table = new BaseTable(operations, "t");
      Rows.append(table, 1, 2);
      Rows.append(table, 3);
      assertThat(Rows.read(table)).containsExactlyInAnyOrder(1L, 2L, 3L);
      List<String> files = new ArrayList<>();
      io.listPrefix(location + "/").forEach(file -> files.add(file.location()));
      assertThat(files).hasSize(3 + 2 * 3).allMatch(file -> file.startsWith(location + "/"));
      io.deleteFiles(files);
      assertThat(io.listPrefix(location + "/")).isEmpty();
    }
  }

  @Test
  void s3_file_io_uploads_a_large_file_in_parts(Endpoints server) throws IOException {
    String bucket = bucket(server);
    try (S3FileIO io = fileIo(VendedCredentials.forTable(server.http(), bucket, KEY))) {
      String location = "s3://" + bucket + "/" + KEY + "/large";
      byte[] block = new byte[1 << 20];
      try (OutputStream out = io.newOutputFile(location).create()) {
        for (int i = 0; i < 50; i++) {
          java.util.Arrays.fill(block, (byte) i);
          out.write(block);
        }
      }
      assertThat(io.newInputFile(location).getLength()).isEqualTo(50L << 20);
      assertThat(io.client().headObject(h -> h.bucket(bucket).key(KEY + "/large")).eTag())
          .endsWith("-2\"");
      try (InputStream in = io.newInputFile(location).newStream()) {
        for (int i = 0; i < 50; i++) {
          java.util.Arrays.fill(block, (byte) i);
          assertThat(in.readNBytes(block.length)).isEqualTo(block);
        }
        assertThat(in.read()).isEqualTo(-1);
      }
    }
  }

  @Test
  void s3_file_io_is_refused_outside_its_table(Endpoints server) {
    String bucket = bucket(server);
    String sibling = "s3://" + bucket + "/" + KEY + "2/file";
    try (S3FileIO io = fileIo(VendedCredentials.forTable(server.http(), bucket, KEY));
        S3FileIO all = fileIo(VendedCredentials.forRole(server.http()))) {
      assertDenied(() -> write(io, sibling));
      assertThat(all.newInputFile(sibling).exists()).isFalse();
      Executable list = () -> io.listPrefix("s3://" + bucket + "/").iterator().hasNext();
      assertDenied(list);
    }
  }

  @Test
  @Evidence("catalog-M3")
  void s3_tables_catalog_keeps_tables(Endpoints server) throws IOException {
    try (S3TablesCatalog catalog = catalog(server)) {
      Namespace namespace = Namespace.of("ns");
      catalog.createNamespace(namespace);
      assertThat(catalog.listNamespaces()).containsExactly(namespace);
      TableIdentifier name = TableIdentifier.of(namespace, "t");
      Table table = catalog.createTable(name, Rows.SCHEMA);
      Rows.append(table, 1, 2);
      Rows.append(table, 3);
      assertThat(Rows.read(catalog.loadTable(name))).containsExactlyInAnyOrder(1L, 2L, 3L);
      TableIdentifier renamed = TableIdentifier.of(namespace, "renamed");
      catalog.renameTable(name, renamed);
      assertThat(catalog.listTables(namespace)).containsExactly(renamed);
      assertThat(Rows.read(catalog.loadTable(renamed))).hasSize(3);
      assertThatThrownBy(() -> catalog.loadTable(name)).isInstanceOf(NoSuchTableException.class);
      assertThat(catalog.dropTable(renamed, true)).isTrue();
      assertThat(catalog.listTables(namespace)).isEmpty();
      assertThat(catalog.dropNamespace(namespace)).isTrue();
    }
  }

  @Test
  @Evidence("catalog-M3")
  void s3_tables_catalog_refuses_a_commit_on_an_old_state(Endpoints server) throws IOException {
    try (S3TablesCatalog catalog = catalog(server)) {
      Namespace namespace = Namespace.of("ns");
      catalog.createNamespace(namespace);
      TableIdentifier name = TableIdentifier.of(namespace, "t");
      Table table = catalog.createTable(name, Rows.SCHEMA);
      BaseTable stale = (BaseTable) catalog.loadTable(name);
      TableMetadata old = stale.operations().current();
      Rows.append(table, 1);
      TableMetadata change =
          TableMetadata.buildFrom(old).setProperties(Map.of("late", "true")).build();
      assertThatThrownBy(() -> stale.operations().commit(old, change))
          .isInstanceOf(CommitFailedException.class);
      assertThat(Rows.read(catalog.loadTable(name))).containsExactly(1L);
      assertThat(catalog.loadTable(name).properties()).doesNotContainKey("late");
    }
  }

  private static void assertDenied(Executable call) {
    assertThatThrownBy(call::execute)
        .extracting(IcebergClientsIT::cause, type(S3Exception.class))
        .satisfies(
            refusal -> {
              assertThat(refusal.statusCode()).isEqualTo(403);
              assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
            });
  }

  private static Throwable cause(Throwable failure) {
    Throwable cause = failure;
    while (!(cause instanceof S3Exception) && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static void write(S3FileIO io, String location) throws IOException {
    try (OutputStream out = io.newOutputFile(location).createOrOverwrite()) {
      out.write(1);
    }
  }

  private static S3FileIO fileIo(Map<String, String> properties) {
    S3FileIO io = new S3FileIO();
    io.initialize(properties);
    return io;
  }

  private static String bucket(Endpoints server) {
    String name = "iceberg-" + UUID.randomUUID();
    try (S3Client s3 =
        S3Client.builder()
            .endpointOverride(server.http())
            .region(Region.US_EAST_1)
            .forcePathStyle(true)
            .credentialsProvider(VendedCredentials.ADMIN)
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build()) {
      s3.createBucket(request -> request.bucket(name));
    }
    return name;
  }

  private static S3TablesCatalog catalog(Endpoints server) {
    URI endpoint = server.http();
    String arn;
    try (S3TablesClient tables =
        S3TablesClient.builder()
            .endpointOverride(endpoint)
            .region(Region.US_EAST_1)
            .credentialsProvider(VendedCredentials.ADMIN)
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build()) {
      arn = tables.createTableBucket(r -> r.name("tables-" + UUID.randomUUID())).arn();
    }
    Map<String, String> properties = VendedCredentials.forRole(endpoint);
    properties.put("warehouse", arn);
    properties.put("s3tables.endpoint", endpoint.toString());
    properties.put("io-impl", S3FileIO.class.getName());
    S3TablesCatalog catalog = new S3TablesCatalog();
    catalog.initialize("s3tables", properties);
    return catalog;
  }
}
