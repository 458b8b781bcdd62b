package dev.lakebed.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.support.Evidence;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;

/** The forms in which catalogs ask for sessions. */
@AcceptanceTest
class AssumeRoleIT {
  private static final String BUCKET = "assume-" + UUID.randomUUID().toString().substring(0, 8);

  @BeforeAll
  static void bucket() {
    try (S3Client s3 = Endpoint.deployed().s3(Keys.ADMIN)) {
      s3.createBucket(create -> create.bucket(BUCKET));
      put(s3, "kept");
    }
  }

  @Test
  @Evidence("catalog-A7")
  void an_external_id_that_nobody_asks_for_is_ignored(Endpoint endpoint) {
    try (StsClient sts = endpoint.sts(Keys.KEEPER)) {
      AssumeRoleRequest own = named("lakekeeper-sts").externalId("tenant-8").build();
      assertThat(Outcome.of(() -> sts.assumeRole(own))).isEqualTo("ok");
      AssumeRoleRequest role = own.toBuilder().roleArn(Keys.VENDED_ROLE).build();
      assertThat(Outcome.of(() -> sts.assumeRole(role))).isEqualTo("ok");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lakekeeper-sts",
        "lakekeeper-assume-role",
        "ab",
        "A_z+0=9,.@-",
        "sixty-four-characters-0123456789-0123456789-0123456789-012345678"
      })
  @Evidence("catalog-A10")
  void every_session_name_of_the_form_is_kept(String name, Endpoint endpoint) {
    try (StsClient sts = endpoint.sts(Keys.KEEPER)) {
      AssumeRoleResponse reply = sts.assumeRole(named(name).roleArn(Keys.VENDED_ROLE).build());
      assertThat(reply.assumedRoleUser().arn())
          .isEqualTo("arn:aws:sts::000000000000:assumed-role/LakekeeperVendedRole/" + name);
      assertThat(reply.assumedRoleUser().assumedRoleId()).endsWith(":" + name);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "with blank", "slash/", "umlaut\u00e4"})
  @Evidence("catalog-A10")
  void another_session_name_is_refused(String name, Endpoint endpoint) {
    try (StsClient sts = endpoint.sts(Keys.KEEPER)) {
      assertThat(Outcome.of(() -> sts.assumeRole(named(name).roleArn(Keys.VENDED_ROLE).build())))
          .isEqualTo("400 ValidationError");
    }
  }

  @Test
  @Evidence("catalog-A11")
  void without_a_policy_the_session_has_the_rights_of_the_role(Endpoint endpoint) {
    AwsCredentials role =
        Keys.session(endpoint, Keys.KEEPER, named("role").roleArn(Keys.VENDED_ROLE).build());
    AwsCredentials own = Keys.session(endpoint, Keys.KEEPER, named("own").build());
    String bucket = BUCKET + "-role";
    try (S3Client ofRole = endpoint.s3(role);
        S3Client ofCaller = endpoint.s3(own)) {
      assertThat(Outcome.of(() -> put(ofCaller, "own"))).isEqualTo("ok");
      assertThat(Outcome.of(() -> ofCaller.createBucket(create -> create.bucket(bucket))))
          .as("the caller is no administrator")
          .isEqualTo("403 AccessDenied");
      assertThat(Outcome.of(() -> ofRole.createBucket(create -> create.bucket(bucket))))
          .as("the role may do everything")
          .isEqualTo("ok");
    }
  }

  @Test
  @Evidence("catalog-A15")
  void who_one_is_and_a_session_of_oneself(Endpoint endpoint) {
    try (StsClient sts = endpoint.sts(Keys.KEEPER)) {
      AwsSessionCredentials own = Keys.of(sts.getSessionToken().credentials());
      try (StsClient session = endpoint.sts(own);
          S3Client s3 = endpoint.s3(own);
          IamClient iam = endpoint.iam(own)) {
        assertThat(Outcome.of(iam::listUsers)).isEqualTo("403 AccessDenied");
        assertThat(
                Outcome.of(
                    () -> session.getAccessKeyInfo(get -> get.accessKeyId("AKIAIOSFODNN7EXAMPLE"))))
            .isEqualTo("403 AccessDenied");
        assertThat(session.getCallerIdentity().arn())
            .isEqualTo("arn:aws:iam::000000000000:user/keeper");
        assertThat(Outcome.of(() -> put(s3, "session-token"))).isEqualTo("ok");
      }
      AwsSessionCredentials role =
          Keys.session(endpoint, Keys.KEEPER, named("who").roleArn(Keys.VENDED_ROLE).build());
      try (StsClient session = endpoint.sts(role)) {
        assertThat(session.getCallerIdentity().arn())
            .isEqualTo("arn:aws:sts::000000000000:assumed-role/LakekeeperVendedRole/who");
        assertThat(Outcome.of(session::getSessionToken)).isEqualTo("403 AccessDenied");
      }
    }
  }

  @Test
  @Evidence("catalog-A16")
  void a_policy_of_2048_characters_is_taken_and_a_longer_one_refused(Endpoint endpoint) {
    String policy = SessionPolicy.read(BUCKET, "t");
    String longest = policy + " ".repeat(2048 - policy.length());
    AwsCredentials session = Keys.vended(endpoint, Keys.KEEPER, longest);
    try (S3Client s3 = endpoint.s3(session)) {
      assertThat(Outcome.of(() -> put(s3, "t/a"))).isEqualTo("403 AccessDenied");
      assertThat(Outcome.of(() -> s3.getBucketLocation(get -> get.bucket(BUCKET)))).isEqualTo("ok");
    }
    assertThat(Outcome.of(() -> Keys.vended(endpoint, Keys.KEEPER, longest + " ")))
        .isEqualTo("400 PackedPolicyTooLarge");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "{\"Statement\":[]", "null", "%7B%7D"})
  @Evidence("catalog-A16")
  void a_policy_that_is_none_is_never_ignored(String policy, Endpoint endpoint) {
    for (String action : List.of("own", "role")) {
      AssumeRoleRequest.Builder request = named(action).policy(policy);
      if (action.equals("role")) {
        request.roleArn(Keys.VENDED_ROLE);
      }
      assertThat(Outcome.of(() -> Keys.session(endpoint, Keys.KEEPER, request.build())))
          .isEqualTo("400 MalformedPolicyDocument");
    }
  }

  private static AssumeRoleRequest.Builder named(String name) {
    return AssumeRoleRequest.builder().roleSessionName(name);
  }

  private static void put(S3Client s3, String key) {
    s3.putObject(put -> put.bucket(BUCKET).key(key), RequestBody.fromString("x"));
  }
}
