package dev.lakebed.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lakebed.support.Evidence;
import dev.lakebed.support.LakebedProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithWebIdentityResponse;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.StsException;

/**
 * Log-in with tokens of a real Keycloak ({@code mvn -Pkeycloak verify}): what AWS documents for
 * AssumeRoleWithWebIdentity. Role mapping as {@code docs/configuration.md} says.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KeycloakIT {
  private static final String BUCKET = "people";
  private static final String MAPPED = "arn:aws:iam:::role/sts-claim-based";
  private static final String READER = "arn:aws:iam::000000000000:role/Reader";
  private static final AwsCredentials ADMIN = AwsBasicCredentials.create("admin", "admin");

  private KeycloakProcess keycloak;
  private KeycloakRealm realm;
  private LakebedProcess lakebed;

  @BeforeAll
  void start() throws IOException, InterruptedException {
    keycloak = KeycloakProcess.start();
    realm = new KeycloakRealm(keycloak.root());
    Path directory =
        Files.createTempDirectory(Files.createDirectories(Path.of("target")), "keycloak-it-")
            .toAbsolutePath();
    Path config = Files.writeString(directory.resolve("lakebed.json"), config(keycloak.issuer()));
    lakebed =
        LakebedProcess.serve(
            directory.resolve("data"), List.of("--config", config.toString()), Map.of());
    try (S3Client s3 = s3(ADMIN)) {
      s3.createBucket(create -> create.bucket(BUCKET));
      s3.putObject(put -> put.bucket(BUCKET).key("k"), RequestBody.fromString("x"));
    }
  }

  private static String config(URI issuer) throws IOException {
    String name = issuer.toString().substring("http://".length());
    String trust =
        """
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
         "Principal":{"Federated":"arn:aws:iam::000000000000:oidc-provider/%1$s"},
         "Action":"sts:AssumeRoleWithWebIdentity",
         "Condition":{"StringEquals":{"%1$s:aud":["lakebed","brief"]}}}]}\
        """
            .formatted(name);
    return Files.readString(Path.of("src/test/resources/keycloak/lakebed.json"))
        .replace("${ISSUER}", issuer.toString())
        .replace("${TRUST}", trust);
  }

  @AfterAll
  void stop() {
    if (lakebed != null) {
      lakebed.close();
    }
    if (keycloak != null) {
      keycloak.close();
    }
  }

  private AssumeRoleWithWebIdentityResponse logIn(String role, String token) {
    try (StsClient sts =
        StsClient.builder()
            .endpointOverride(lakebed.endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build()) {
      return sts.assumeRoleWithWebIdentity(
          request -> request.roleArn(role).roleSessionName("keycloak").webIdentityToken(token));
    }
  }

  private String refusal(String role, String token) {
    StsException refused = catchThrowableOfType(StsException.class, () -> logIn(role, token));
    return refused.statusCode() + " " + refused.awsErrorDetails().errorCode();
  }

  private S3Client s3(AwsCredentials keys) {
    return S3Client.builder()
        .endpointOverride(lakebed.endpoint())
        .forcePathStyle(true)
        .region(Region.US_EAST_1)
        .credentialsProvider(StaticCredentialsProvider.create(keys))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  private S3Client s3(Credentials session) {
    return s3(
        AwsSessionCredentials.create(
            session.accessKeyId(), session.secretAccessKey(), session.sessionToken()));
  }

  private static int write(S3Client s3) {
    try {
      s3.putObject(put -> put.bucket(BUCKET).key("new"), RequestBody.fromString("y"));
      return 200;
    } catch (S3Exception refused) {
      return refused.statusCode();
    }
  }

  @Test
  @Order(1)
  void the_realm_is_found_by_discovery_and_its_user_reads() throws Exception {
    AssumeRoleWithWebIdentityResponse answer = logIn(READER, realm.token("lakebed", "alice"));
    assertThat(answer.provider())
        .as("AWS: the value of iss")
        .isEqualTo(keycloak.issuer().toString());
    assertThat(answer.audience()).isEqualTo("lakebed");
    assertThat(answer.subjectFromWebIdentityToken()).matches("[0-9a-f-]{36}");
    assertThat(answer.assumedRoleUser().arn())
        .isEqualTo("arn:aws:sts::000000000000:assumed-role/Reader/keycloak");
    try (S3Client s3 = s3(answer.credentials())) {
      assertThat(s3.getObjectAsBytes(get -> get.bucket(BUCKET).key("k")).asUtf8String())
          .isEqualTo("x");
      assertThat(write(s3)).isEqualTo(403);
    }
  }

  @Test
  @Order(2)
  void groups_of_the_realm_become_roles() throws Exception {
    AssumeRoleWithWebIdentityResponse alice = logIn(MAPPED, realm.token("lakebed", "alice"));
    AssumeRoleWithWebIdentityResponse bob = logIn(MAPPED, realm.token("lakebed", "bob"));
    assertThat(alice.assumedRoleUser().arn()).contains(":assumed-role/Reader/");
    assertThat(bob.assumedRoleUser().arn()).contains(":assumed-role/Writer/");
    try (S3Client s3 = s3(bob.credentials())) {
      assertThat(write(s3)).isEqualTo(200);
    }
    assertThat(refusal(MAPPED, realm.token("lakebed", "carol")))
        .as("no group, no role")
        .isEqualTo("400 ValidationError");
  }

  @Test
  @Order(3)
  @Evidence("attack-27")
  void a_token_made_for_another_client_is_refused() throws Exception {
    assertThat(refusal(READER, realm.token("shop", "alice"))).isEqualTo("400 InvalidIdentityToken");
  }

  @Test
  @Order(4)
  void an_audience_that_the_realm_adds_counts_when_the_authorized_party_is_another()
      throws Exception {
    assertThat(logIn(READER, realm.token("gateway", "alice")).audience()).isEqualTo("lakebed");
  }

  @Test
  @Order(5)
  @Evidence("attack-27")
  void a_token_of_another_realm_or_with_a_changed_signature_is_refused() throws Exception {
    String token = realm.token("lakebed", "alice");
    char last = token.charAt(token.length() - 10);
    String changed =
        token.substring(0, token.length() - 10)
            + (last == 'A' ? 'B' : 'A')
            + token.substring(token.length() - 9);
    assertThat(refusal(READER, changed)).isEqualTo("400 InvalidIdentityToken");
    assertThat(refusal(READER, realm.adminToken())).isEqualTo("400 InvalidIdentityToken");
  }

  /** The realm gives tokens of this client half a minute. */
  @Test
  @Order(6)
  @Evidence("attack-27")
  void a_token_that_has_expired_is_refused() throws Exception {
    String token = realm.token("brief", "alice");
    logIn(READER, token);
    Thread.sleep(Duration.ofSeconds(31));
    assertThat(refusal(READER, token)).isEqualTo("400 ExpiredTokenException");
  }

  /** Without a restart: the key that nobody knows makes Lakebed ask once, ten seconds apart. */
  @Test
  @Order(7)
  @Evidence("attack-27")
  void after_a_rotation_the_new_key_is_known_and_the_old_one_no_longer() throws Exception {
    String old = realm.token("lakebed", "alice");
    logIn(READER, old);
    realm.rotateKey();
    String fresh = realm.token("lakebed", "alice");
    Instant limit = Instant.now().plusSeconds(30);
    while (!isAccepted(fresh) && Instant.now().isBefore(limit)) {
      Thread.sleep(Duration.ofSeconds(1));
    }
    assertThat(logIn(READER, fresh).audience()).isEqualTo("lakebed");
    assertThat(refusal(READER, old)).isEqualTo("400 InvalidIdentityToken");
  }

  private boolean isAccepted(String token) {
    try {
      logIn(READER, token);
      return true;
    } catch (StsException refused) {
      assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("InvalidIdentityToken");
      return false;
    }
  }
}
