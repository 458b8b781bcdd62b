package dev.lakebed.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lakebed.clients.SharedServer.Endpoints;
import dev.lakebed.support.Evidence;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Table;
import org.apache.iceberg.aws.s3.S3FileIO;
import org.apache.iceberg.aws.s3.S3FileIOProperties;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.rest.RESTCatalog;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * Nessie 0.99 as the catalog, set up as {@code docs/compatibility.md} says. Expectations: what
 * Nessie promises of vended credentials: with them a client reads and writes the files of one
 * table, and nothing else.
 */
@Evidence("catalog-M1")
@ExtendWith(SharedServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NessieIT {
  private static final String BUCKET = "warehouse";
  private static final Namespace NAMESPACE = Namespace.of("sales");

  private Endpoints lakebed;
  private NessieProcess nessie;
  private RESTCatalog catalog;

  @BeforeAll
  void start(Endpoints server) throws IOException, InterruptedException {
    lakebed = server;
    try (S3Client s3 = s3(VendedCredentials.ADMIN)) {
      s3.createBucket(request -> request.bucket(BUCKET));
    }
    nessie = NessieProcess.start(server.http());
    catalog = new RESTCatalog();
    catalog.initialize(
        "nessie",
        Map.of(
            "uri",
            nessie.iceberg().toString(),
            "warehouse",
            BUCKET,
            "io-impl",
            S3FileIO.class.getName(),
            "header.X-Iceberg-Access-Delegation",
            "vended-credentials"));
    catalog.createNamespace(NAMESPACE);
  }

  @AfterAll
  void stop() throws IOException {
    try {
      if (catalog != null) {
        catalog.close();
      }
    } finally {
      if (nessie != null) {
        nessie.close();
      }
    }
  }

  @Test
  void a_table_is_created_written_and_read_with_vended_credentials() throws IOException {
    TableIdentifier name = TableIdentifier.of(NAMESPACE, "a b+c%41 é");
    Table table = catalog.createTable(name, Rows.SCHEMA);
    Rows.append(table, 1, 2);
    Rows.append(table, 3);
    Table loaded = catalog.loadTable(name);
    assertThat(Rows.read(loaded)).containsExactlyInAnyOrder(1L, 2L, 3L);
    try (StsClient sts =
        StsClient.builder()
            .endpointOverride(lakebed.http())
            .region(Region.US_EAST_1)
            .credentialsProvider(vended(loaded))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build()) {
      assertThat(sts.getCallerIdentity().arn())
          .isEqualTo("arn:aws:sts::000000000000:assumed-role/NessieVendedRole/nessie");
    }
  }

  @Test
  void vended_credentials_are_refused_outside_their_table() throws IOException {
    Table table = catalog.createTable(TableIdentifier.of(NAMESPACE, "t"), Rows.SCHEMA);
    Table other = catalog.createTable(TableIdentifier.of(NAMESPACE, "other"), Rows.SCHEMA);
    Rows.append(other, 1);
    String key = key(table);
    try (S3Client s3 = s3(vended(table));
        S3Client admin = s3(VendedCredentials.ADMIN)) {
      s3.putObject(r -> r.bucket(BUCKET).key(key + "/data/file"), RequestBody.fromString("x"));
      assertThat(keys(s3, key + "/")).contains(key + "/data/file");
      List<String> before = keys(admin, "");
      for (String outside : List.of("file", key, key + "2/file", key(other) + "/data/file")) {
        RequestBody body = RequestBody.fromString("x");
        assertDenied(() -> s3.putObject(r -> r.bucket(BUCKET).key(outside), body));
        assertDenied(() -> s3.createMultipartUpload(r -> r.bucket(BUCKET).key(outside)));
      }
      assertThat(keys(admin, "")).isEqualTo(before);
      String file = keys(admin, key(other) + "/data/").get(0);
      assertDenied(() -> s3.getObject(r -> r.bucket(BUCKET).key(file)).close());
      assertDenied(() -> s3.deleteObject(r -> r.bucket(BUCKET).key(file)));
      assertDenied(() -> keys(s3, ""));
    }
    assertThat(Rows.read(other)).containsExactly(1L);
  }

  private static void assertDenied(ThrowingCallable call) {
    assertThatExceptionOfType(S3Exception.class)
        .isThrownBy(call)
        .satisfies(
            refusal -> {
              assertThat(refusal.statusCode()).isEqualTo(403);
              assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
            });
  }

  private static List<String> keys(S3Client s3, String prefix) {
    return s3.listObjectsV2Paginator(r -> r.bucket(BUCKET).prefix(prefix)).contents().stream()
        .map(S3Object::key)
        .toList();
  }

  private static String key(Table table) {
    return URI.create(table.location()).getPath().substring(1);
  }

  private static AwsCredentialsProvider vended(Table table) {
    Map<String, String> given = table.io().properties();
    return StaticCredentialsProvider.create(
        AwsSessionCredentials.create(
            given.get(S3FileIOProperties.ACCESS_KEY_ID),
            given.get(S3FileIOProperties.SECRET_ACCESS_KEY),
            given.get(S3FileIOProperties.SESSION_TOKEN)));
  }

  private S3Client s3(AwsCredentialsProvider credentials) {
    return S3Client.builder()
        .endpointOverride(lakebed.http())
        .region(Region.US_EAST_1)
        .forcePathStyle(true)
        .credentialsProvider(credentials)
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }
}
