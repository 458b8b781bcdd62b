package dev.lakebed.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.support.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;

/**
 * What Lakekeeper sends when a warehouse is created. The base identity has no administrator's
 * rights.
 */
@AcceptanceTest
class LakekeeperWarehouseValidationIT {
  private static final String BUCKET = "warehouse-" + UUID.randomUUID().toString().substring(0, 8);
  private static final int RUNS = 50;
  private static final int THREADS = 16;

  @BeforeAll
  static void bucket() {
    try (S3Client s3 = Endpoint.deployed().s3(Keys.ADMIN)) {
      s3.createBucket(create -> create.bucket(BUCKET));
    }
  }

  @ParameterizedTest(name = "virtual host {0}, role {1}")
  @CsvSource({"false,true", "true,true", "false,false", "true,false"})
  @Evidence({
    "catalog-C1",
    "catalog-C2",
    "catalog-C3",
    "catalog-C4",
    "catalog-C5",
    "catalog-C6",
    "catalog-C8"
  })
  void fifty_validations_at_once(boolean virtualHost, boolean role, Endpoint endpoint)
      throws Exception {
    try (ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        ExecutorService branches = Executors.newFixedThreadPool(THREADS)) {
      List<Future<?>> runs = new ArrayList<>();
      for (int i = 0; i < RUNS; i++) {
        runs.add(pool.submit(() -> validate(endpoint, virtualHost, role, Keys.KEEPER, branches)));
      }
      for (Future<?> run : runs) {
        run.get();
      }
    }
  }

  @ParameterizedTest(name = "virtual host {0}")
  @ValueSource(booleans = {false, true})
  @Evidence("catalog-C6")
  void validations_over_tls_with_a_private_authority(boolean virtualHost) throws Exception {
    try (ExecutorService pool = Executors.newFixedThreadPool(4);
        ExecutorService branches = Executors.newFixedThreadPool(4)) {
      List<Future<?>> runs = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        boolean role = i % 2 == 0;
        runs.add(
            pool.submit(
                () -> validate(Endpoint.deployedTls(), virtualHost, role, Keys.KEEPER, branches)));
      }
      for (Future<?> run : runs) {
        run.get();
      }
    }
  }

  @Test
  @Evidence("catalog-C7")
  void the_base_identity_may_be_a_session_of_assume_role_arn(Endpoint endpoint) throws Exception {
    AwsSessionCredentials own =
        Keys.session(
            endpoint,
            Keys.KEEPER,
            AssumeRoleRequest.builder()
                .roleArn(Keys.VENDED_ROLE)
                .roleSessionName("lakekeeper-assume-role")
                .build());
    try (ExecutorService branches = Executors.newFixedThreadPool(2)) {
      validate(endpoint, false, true, own, branches);
    }
  }

  @Test
  @Evidence("catalog-C9")
  void a_missing_key_is_404_inside_the_vended_prefix_and_403_outside(Endpoint endpoint) {
    String table = "wh/" + UUID.randomUUID();
    AwsCredentials vended =
        Keys.vended(endpoint, Keys.KEEPER, SessionPolicy.readWriteDelete(BUCKET, table));
    try (S3Client s3 = endpoint.s3(vended)) {
      assertThat(get(s3, table + "/metadata/missing")).isEqualTo("404 NoSuchKey");
      assertThat(head(s3, table + "/metadata/missing")).startsWith("404");
      assertThat(get(s3, table)).isEqualTo("403 AccessDenied");
      assertThat(head(s3, table)).startsWith("403");
      assertThat(get(s3, table + "2/missing")).isEqualTo("403 AccessDenied");
    }
  }

  private static void validate(
      Endpoint endpoint,
      boolean virtualHost,
      boolean role,
      AwsCredentials own,
      ExecutorService branches) {
    new WarehouseValidation(
            BUCKET,
            virtualHost ? endpoint::virtualHostS3 : endpoint::s3,
            own,
            policy ->
                role
                    ? Keys.vended(endpoint, Keys.KEEPER, policy)
                    : Keys.ownSession(endpoint, Keys.KEEPER, policy))
        .run(branches);
  }

  private static String get(S3Client s3, String key) {
    return Outcome.of(() -> s3.getObjectAsBytes(get -> get.bucket(BUCKET).key(key)));
  }

  private static String head(S3Client s3, String key) {
    return Outcome.of(() -> s3.headObject(head -> head.bucket(BUCKET).key(key)));
  }
}
