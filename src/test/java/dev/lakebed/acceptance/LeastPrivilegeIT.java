package dev.lakebed.acceptance;

import static dev.lakebed.acceptance.LakekeeperSetup.ACCOUNT;
import static dev.lakebed.acceptance.LakekeeperSetup.tag;
import static dev.lakebed.acceptance.LakekeeperSetup.trust;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lakebed.support.Evidence;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;

/**
 * Lakekeeper's documented IAM set-ups with no right too many, made by the IAM API. Texts of
 * refusals: AWS's forms of access denied messages.
 */
@Evidence("catalog-C8")
@AcceptanceTest
class LeastPrivilegeIT {
  private static final String EXTERNAL_ID = "warehouse-7:f3/Xk@analytics";
  private static final String ASSUME = "\"sts:AssumeRole\"";
  private static final String ASSUME_AND_TAG = ASSUME + ",\"sts:TagSession\"";
  private static final String KEY = "wh/table/metadata/v1.json";

  private final Endpoint endpoint = Endpoint.deployed();
  private final LakekeeperSetup setup = new LakekeeperSetup(endpoint);
  private final String bucket = setup.name();
  private final String policy = SessionPolicy.readWriteDelete(bucket, "wh/table");

  @AfterEach
  void removeIdentities() {
    setup.close();
  }

  @ParameterizedTest(name = "virtual host {0}, external id {1}, tags {2}")
  @CsvSource({"false,false,false", "true,true,false", "false,true,true", "true,false,true"})
  void a_warehouse_is_valid_with_five_rights_on_one_bucket(
      boolean virtualHost, boolean external, boolean tags) {
    setup.allowBucket();
    setup.allowAssume();
    String actions = tags ? ASSUME_AND_TAG : ASSUME;
    setup.createRole(
        external ? trust(setup.user(), actions, EXTERNAL_ID) : trust(setup.user(), actions));
    validate(
        virtualHost,
        setup.key(),
        narrow -> {
          AssumeRoleRequest.Builder request = setup.vending(narrow);
          if (external) {
            request.externalId(EXTERNAL_ID);
          }
          if (tags) {
            request.tags(tag());
          }
          return setup.assume(request);
        });
  }

  @Test
  void an_identity_without_rights_of_its_own_works_through_the_role() {
    setup.createRole(trust(setup.user(), ASSUME_AND_TAG, EXTERNAL_ID));
    AwsCredentials own =
        setup.assume(
            AssumeRoleRequest.builder()
                .roleArn(setup.role())
                .roleSessionName("lakekeeper-assume-role")
                .externalId(EXTERNAL_ID)
                .tags(tag()));
    validate(
        false,
        own,
        narrow -> setup.assume(setup.vending(narrow).externalId(EXTERNAL_ID).tags(tag())));
    assertThat(refusal(() -> put(setup.key(), bucket, KEY)))
        .isEqualTo(
            denied(setup.user(), "s3:PutObject", object(bucket, KEY))
                + noPolicy("identity-based", "s3:PutObject"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"warehouse-8:f3/Xk@analytics", "WAREHOUSE-7:f3/Xk@analytics", "warehouse-7"})
  void another_external_id_is_refused(String given) {
    setup.allowBucket();
    setup.allowAssume();
    setup.createRole(trust(setup.user(), ASSUME_AND_TAG, EXTERNAL_ID));
    AwsServiceException refused =
        refused(
            () ->
                setup.assume(
                    setup
                        .vending(policy)
                        .externalId(given)
                        .overrideConfiguration(
                            with -> with.putHeader("x-lakebed-authorization-message", "true"))));
    assertThat(sentence(refused)).isEqualTo(denied(setup.user(), "sts:AssumeRole", setup.role()));
    String encoded =
        refused
            .awsErrorDetails()
            .sdkHttpResponse()
            .firstMatchingHeader("x-lakebed-authorization-message")
            .orElseThrow();
    try (StsClient sts = endpoint.sts(Keys.ADMIN)) {
      assertThat(
              sts.decodeAuthorizationMessage(decode -> decode.encodedMessage(encoded))
                  .decodedMessage())
          .as("for who may see it, the condition and not what it wants")
          .contains("\"failedCondition\":\"StringEquals sts:ExternalId\"")
          .doesNotContain(EXTERNAL_ID);
    }
  }

  @Test
  void no_external_id_is_refused_where_one_is_asked_for() {
    setup.allowBucket();
    setup.allowAssume();
    setup.createRole(trust(setup.user(), ASSUME_AND_TAG, EXTERNAL_ID));
    assertThat(refusal(() -> setup.assume(setup.vending(policy))))
        .isEqualTo(denied(setup.user(), "sts:AssumeRole", setup.role()));
    assertThat(Outcome.of(() -> setup.assume(setup.vending(policy).externalId(EXTERNAL_ID))))
        .isEqualTo("ok");
  }

  @Test
  void session_tags_need_the_right_to_tag_in_the_trust_policy() {
    setup.allowBucket();
    setup.allowAssume();
    setup.createRole(trust(setup.user(), ASSUME, EXTERNAL_ID));
    assertThat(
            refusal(() -> setup.assume(setup.vending(policy).externalId(EXTERNAL_ID).tags(tag()))))
        .isEqualTo(
            denied(setup.user(), "sts:TagSession", setup.role())
                + ". The session has tags, so the role's trust policy must allow sts:TagSession"
                + " beside sts:AssumeRole");
    assertThat(Outcome.of(() -> setup.assume(setup.vending(policy).externalId(EXTERNAL_ID))))
        .isEqualTo("ok");
  }

  @Test
  void a_trust_policy_that_names_the_account_needs_the_right_to_assume_too() {
    setup.allowBucket();
    setup.createRole(trust(ACCOUNT + "root", ASSUME, EXTERNAL_ID));
    AssumeRoleRequest.Builder request = setup.vending(policy).externalId(EXTERNAL_ID);
    assertThat(refusal(() -> setup.assume(request)))
        .isEqualTo(denied(setup.user(), "sts:AssumeRole", setup.role()));
    setup.allowAssume();
    assertThat(Outcome.of(() -> setup.assume(request))).isEqualTo("ok");
  }

  @Test
  void a_vended_session_is_refused_outside_its_prefix_and_beyond_its_role() {
    setup.allowBucket();
    setup.allowAssume();
    setup.createRole(trust(setup.user(), ASSUME, EXTERNAL_ID));
    AwsCredentials vended = setup.assume(setup.vending(policy).externalId(EXTERNAL_ID));
    String who = "arn:aws:sts::000000000000:assumed-role/" + bucket + "/lakekeeper-sts";
    put(vended, bucket, KEY);
    for (String key : new String[] {"wh/table2/a", "wh/table", "wh/a", "a"}) {
      assertThat(refusal(() -> put(vended, bucket, key)))
          .isEqualTo(
              denied(who, "s3:PutObject", object(bucket, key))
                  + noPolicy("session", "s3:PutObject"));
    }
    try (S3Client s3 = endpoint.s3(vended)) {
      assertThat(refusal(() -> s3.listObjectsV2(list -> list.bucket(bucket).prefix("wh/table"))))
          .isEqualTo(
              denied(who, "s3:ListBucket", "arn:aws:s3:::" + bucket)
                  + noPolicy("session", "s3:ListBucket"));
      String upload = s3.createMultipartUpload(c -> c.bucket(bucket).key(KEY)).uploadId();
      assertThat(refusal(() -> s3.listParts(p -> p.bucket(bucket).key(KEY).uploadId(upload))))
          .isEqualTo(
              denied(who, "s3:ListMultipartUploadParts", object(bucket, KEY))
                  + noPolicy("identity-based", "s3:ListMultipartUploadParts"));
      s3.abortMultipartUpload(abort -> abort.bucket(bucket).key(KEY).uploadId(upload));
    }
  }

  @Test
  void the_base_identity_can_do_nothing_else() {
    setup.allowBucket();
    setup.allowAssume();
    setup.createRole(trust(setup.user(), ASSUME));
    String other = bucket + "-other";
    try (S3Client admin = endpoint.s3(Keys.ADMIN);
        S3Client s3 = endpoint.s3(setup.key());
        IamClient iam = endpoint.iam(setup.key())) {
      admin.createBucket(create -> create.bucket(other));
      assertThat(refusal(() -> put(setup.key(), other, KEY)))
          .isEqualTo(
              denied(setup.user(), "s3:PutObject", object(other, KEY))
                  + noPolicy("identity-based", "s3:PutObject"));
      assertThat(refusal(() -> s3.getBucketLocation(get -> get.bucket(bucket))))
          .isEqualTo(
              denied(setup.user(), "s3:GetBucketLocation", "arn:aws:s3:::" + bucket)
                  + noPolicy("identity-based", "s3:GetBucketLocation"));
      assertThat(Outcome.of(s3::listBuckets)).isEqualTo("403 AccessDenied");
      assertThat(Outcome.of(() -> s3.deleteBucket(delete -> delete.bucket(bucket))))
          .isEqualTo("403 AccessDenied");
      assertThat(refusal(() -> iam.getRole(get -> get.roleName(bucket))))
          .isEqualTo(
              denied(setup.user(), "iam:GetRole", setup.role())
                  + noPolicy("identity-based", "iam:GetRole"));
      assertThat(refusal(() -> iam.createAccessKey(create -> create.userName(bucket))))
          .isEqualTo(
              denied(setup.user(), "iam:CreateAccessKey", setup.user())
                  + noPolicy("identity-based", "iam:CreateAccessKey"));
    }
  }

  private void validate(
      boolean virtualHost, AwsCredentials own, Function<String, AwsCredentials> vend) {
    try (ExecutorService branches = Executors.newSingleThreadExecutor()) {
      new WarehouseValidation(
              bucket, virtualHost ? endpoint::virtualHostS3 : endpoint::s3, own, vend)
          .run(branches);
    }
  }

  private void put(AwsCredentials keys, String where, String key) {
    try (S3Client s3 = endpoint.s3(keys)) {
      s3.putObject(put -> put.bucket(where).key(key), RequestBody.fromString("{}"));
    }
  }

  /** A refusal, which must be 403 AccessDenied. */
  private static AwsServiceException refused(Runnable call) {
    AwsServiceException refused = catchThrowableOfType(AwsServiceException.class, call::run);
    assertThat(refused).as("nothing was refused").isNotNull();
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
    return refused;
  }

  /** The message without the id of the decision at its end. */
  private static String sentence(AwsServiceException refused) {
    return refused
        .awsErrorDetails()
        .errorMessage()
        .replaceFirst(" \\(decision [0-9A-F]{16}\\)$", "");
  }

  private static String refusal(Runnable call) {
    return sentence(refused(call));
  }

  private static String denied(String who, String action, String resource) {
    return "User: %s is not authorized to perform: %s on resource: %s"
        .formatted(who, action, resource);
  }

  private static String noPolicy(String kind, String action) {
    return " because no %s policy allows the %s action".formatted(kind, action);
  }

  private static String object(String bucket, String key) {
    return "arn:aws:s3:::" + bucket + "/" + key;
  }
}
