package dev.lakebed.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.acceptance.Wire.Reply;
import dev.lakebed.kit.Hash;
import dev.lakebed.support.Evidence;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.Tag;

/** STS on the port of S3, as Lakekeeper's Rust client asks. */
@AcceptanceTest
class StsEndpointIT {
  private static final String TENANT = "arn:aws:iam::000000000000:role/Tenant";
  private static final String BUCKET = "sts-" + UUID.randomUUID().toString().substring(0, 8);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/x-www-form-urlencoded",
        "application/x-www-form-urlencoded; charset=utf-8"
      })
  @Evidence({"catalog-A1", "catalog-A3", "catalog-A4"})
  void form_without_payload_hash_in_any_region(String type, Endpoint endpoint) {
    Reply reply = assumeRole(endpoint, type, Map.of("RoleSessionName", "lakekeeper-sts"));
    assertThat(reply.outcome()).isEqualTo("200");
    assertThat(reply.element("AccessKeyId")).matches("ASIA[A-Z0-9]{16}");
    assertThat(reply.text())
        .contains("<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">")
        .contains("<RequestId>");
    assertThat(Instant.parse(reply.element("Expiration"))).isAfter(Instant.now());
    try (S3Client s3 =
        endpoint.s3(
            AwsSessionCredentials.create(
                reply.element("AccessKeyId"),
                reply.element("SecretAccessKey"),
                reply.element("SessionToken")))) {
      assertThat(Outcome.of(s3::listBuckets)).isEqualTo("ok");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/sts", "/sts/"})
  @Evidence("catalog-A2")
  void parameters_may_stand_in_the_query_below_any_path(String path, Endpoint endpoint) {
    String query = "Action=AssumeRole&RoleSessionName=lakekeeper-sts&Version=2011-06-15";
    HandMade request =
        new HandMade("POST", path, query, Map.of(), Hash.sha256(new byte[0]), Instant.now(), "sts");
    Reply reply = request.send(endpoint, Keys.KEEPER, Map.of(), new byte[0]);
    assertThat(reply.outcome()).isEqualTo("200");
    assertThat(reply.element("AccessKeyId")).matches("ASIA[A-Z0-9]{16}");
  }

  @Test
  @Evidence("catalog-A2")
  void keys_that_the_other_port_gave_are_good_on_this_one(Endpoint endpoint) {
    Endpoint below = new Endpoint(URI.create(Endpoint.deployedTls().uri() + "/sts"));
    AwsSessionCredentials session =
        Keys.ownSession(below, Keys.KEEPER, SessionPolicy.read("none", "t"));
    try (StsClient sts = endpoint.sts(session)) {
      assertThat(sts.getCallerIdentity().arn()).isEqualTo("arn:aws:iam::000000000000:user/keeper");
    }
  }

  @Test
  @Evidence("catalog-A4")
  void the_region_of_sts_is_any_text(Endpoint endpoint) {
    try (StsClient sts = endpoint.sts(Keys.KEEPER, Region.of("local"))) {
      assertThat(sts.getCallerIdentity().arn()).isEqualTo("arn:aws:iam::000000000000:user/keeper");
    }
  }

  @Test
  @Evidence({"catalog-A6", "catalog-A8"})
  void a_tenant_role_asks_for_its_external_id_and_gives_the_tagged_folder(Endpoint endpoint) {
    try (S3Client s3 = endpoint.s3(Keys.ADMIN)) {
      s3.createBucket(create -> create.bucket(BUCKET));
    }
    AssumeRoleRequest request =
        AssumeRoleRequest.builder()
            .roleArn(TENANT)
            .roleSessionName("lakekeeper-sts")
            .externalId("tenant-7")
            .tags(Tag.builder().key("team").value("red").build())
            .build();
    try (S3Client s3 = endpoint.s3(Keys.session(endpoint, Keys.KEEPER, request))) {
      assertThat(put(s3, "red/a")).isEqualTo("ok");
      assertThat(put(s3, "blue/a")).isEqualTo("403 AccessDenied");
    }
    try (StsClient sts = endpoint.sts(Keys.KEEPER)) {
      AssumeRoleRequest stranger = request.toBuilder().externalId("tenant-8").build();
      AssumeRoleRequest unknown = request.toBuilder().roleArn(TENANT + "s").build();
      assertThat(Outcome.of(() -> sts.assumeRole(stranger))).isEqualTo("403 AccessDenied");
      assertThat(Outcome.of(() -> sts.assumeRole(unknown))).isEqualTo("403 AccessDenied");
    }
  }

  @Test
  @Evidence("catalog-A9")
  void the_duration_is_given_exactly_or_refused(Endpoint endpoint) {
    try (StsClient sts = endpoint.sts(Keys.KEEPER)) {
      Instant before = Instant.now();
      Credentials given =
          sts.assumeRole(
                  request ->
                      request
                          .roleArn(Keys.VENDED_ROLE)
                          .roleSessionName("nessie")
                          .durationSeconds(900))
              .credentials();
      assertThat(given.expiration())
          .isBetween(before.plusSeconds(899), Instant.now().plus(Duration.ofSeconds(901)));
      assertThat(
              Outcome.of(
                  () ->
                      sts.assumeRole(
                          request ->
                              request
                                  .roleArn(TENANT)
                                  .externalId("tenant-7")
                                  .roleSessionName("nessie")
                                  .durationSeconds(7201))))
          .isEqualTo("400 ValidationError");
    }
  }

  @Test
  @Evidence("catalog-A13")
  void errors_have_the_codes_of_aws(Endpoint endpoint) {
    assertThat(identity(endpoint, AwsBasicCredentials.create("AKNOBODY", "none")))
        .isEqualTo("403 InvalidClientTokenId");
    assertThat(identity(endpoint, AwsBasicCredentials.create("AKKEEPER", "wrong")))
        .isEqualTo("403 SignatureDoesNotMatch");
    assertThat(own(endpoint, "{\"Version\":\"2012-10-17\",\"Statement\":[{}]}"))
        .isEqualTo("400 MalformedPolicyDocument");
    assertThat(own(endpoint, "not a policy")).isEqualTo("400 MalformedPolicyDocument");
    Reply reply = assumeRole(endpoint, "application/x-www-form-urlencoded", Map.of());
    assertThat(reply.outcome()).isEqualTo("400 ValidationError");
    assertThat(reply.text()).contains("<Type>Sender</Type>").contains("<ErrorResponse");
  }

  @Test
  @Evidence("catalog-A14")
  void a_session_of_a_session_lasts_an_hour_at_most(Endpoint endpoint) {
    AssumeRoleRequest request =
        AssumeRoleRequest.builder().roleArn(Keys.VENDED_ROLE).roleSessionName("first").build();
    try (StsClient sts = endpoint.sts(Keys.session(endpoint, Keys.KEEPER, request))) {
      AssumeRoleRequest second = request.toBuilder().roleSessionName("second").build();
      assertThat(Outcome.of(() -> sts.assumeRole(second))).isEqualTo("ok");
      assertThat(Outcome.of(() -> sts.assumeRole(second.toBuilder().durationSeconds(3601).build())))
          .isEqualTo("400 ValidationError");
    }
  }

  private static Reply assumeRole(Endpoint endpoint, String type, Map<String, String> parameters) {
    Map<String, String> all = new TreeMap<>(parameters);
    all.put("Action", "AssumeRole");
    all.put("Version", "2011-06-15");
    all.put("RoleArn", Keys.VENDED_ROLE);
    byte[] body = HandMade.form(all);
    HandMade request =
        new HandMade(
            "POST", "/", "", Map.of("content-type", type), Hash.sha256(body), Instant.now(), "sts");
    return request.send(endpoint, Keys.ADMIN, Map.of(), body);
  }

  private static String identity(Endpoint endpoint, AwsBasicCredentials keys) {
    try (StsClient sts = endpoint.sts(keys)) {
      return Outcome.of(sts::getCallerIdentity);
    }
  }

  private static String own(Endpoint endpoint, String policy) {
    return Outcome.of(() -> Keys.ownSession(endpoint, Keys.KEEPER, policy));
  }

  private static String put(S3Client s3, String key) {
    return Outcome.of(
        () ->
            s3.putObject(
                put -> put.bucket(BUCKET).key(key), RequestBody.fromBytes("x".getBytes(UTF_8))));
  }
}
