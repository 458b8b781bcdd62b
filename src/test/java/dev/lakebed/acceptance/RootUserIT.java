package dev.lakebed.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lakebed.support.Evidence;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.iam.model.StatusType;
import software.amazon.awssdk.services.iam.model.User;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/**
 * The root user of an account over the wire: AWS, "AWS account root user", the API references of
 * IAM, STS and PutBucketPolicy.
 */
@AcceptanceTest
class RootUserIT {
  private static final String ACCOUNT = "111122223333";
  private static final String ARN = "arn:aws:iam::" + ACCOUNT + ":root";

  private final Endpoint endpoint = Endpoint.deployed();
  private final String suffix = UUID.randomUUID().toString().substring(0, 8);
  private final String bucket = "root-" + suffix;

  private static String refusal(Runnable call) {
    AwsServiceException refused = catchThrowableOfType(AwsServiceException.class, call::run);
    return refused.statusCode() + " " + refused.awsErrorDetails().errorCode();
  }

  @Test
  void root_is_the_account_for_sts_and_iam() {
    try (StsClient sts = endpoint.sts(Keys.ROOT);
        IamClient iam = endpoint.iam(Keys.ROOT)) {
      assertThat(sts.getCallerIdentity().arn()).isEqualTo(ARN);
      assertThat(sts.getCallerIdentity().userId()).isEqualTo(ACCOUNT);
      User self = iam.getUser().user();
      assertThat(self.arn()).isEqualTo(ARN);
      assertThat(self.userId()).isEqualTo(ACCOUNT);
      assertThat(self.userName()).isNull();
      assertThat(iam.listAccessKeysPaginator().accessKeyMetadata())
          .anySatisfy(key -> assertThat(key.accessKeyId()).isEqualTo("AKROOTOFTHETESTS"));
    }
  }

  @Test
  @Evidence("attack-80")
  void a_key_made_by_root_for_itself_ends_with_its_sessions_when_it_is_switched_off() {
    try (IamClient iam = endpoint.iam(Keys.ROOT)) {
      AccessKey made = iam.createAccessKey().accessKey();
      AwsCredentials keys = AwsBasicCredentials.create(made.accessKeyId(), made.secretAccessKey());
      try (StsClient sts = endpoint.sts(keys)) {
        Credentials session = sts.getSessionToken().credentials();
        assertThat(session.expiration())
            .isBetween(Instant.now().plusSeconds(3000), Instant.now().plusSeconds(3602));
        try (S3Client s3 = endpoint.s3(Keys.of(session))) {
          s3.createBucket(create -> create.bucket(bucket));
          s3.deleteBucket(delete -> delete.bucket(bucket));
          iam.updateAccessKey(
              update -> update.accessKeyId(made.accessKeyId()).status(StatusType.INACTIVE));
          assertThat(refusal(s3::listBuckets)).isEqualTo("403 InvalidAccessKeyId");
        }
        assertThat(refusal(sts::getCallerIdentity)).isEqualTo("403 InvalidClientTokenId");
      } finally {
        iam.deleteAccessKey(delete -> delete.accessKeyId(made.accessKeyId()));
      }
    }
  }

  @Test
  void root_assumes_no_role() {
    try (StsClient sts = endpoint.sts(Keys.ROOT)) {
      AwsServiceException refused =
          catchThrowableOfType(
              AwsServiceException.class,
              () ->
                  sts.assumeRole(
                      assume -> assume.roleArn(Keys.VENDED_ROLE).roleSessionName("root")));
      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
      assertThat(refused.awsErrorDetails().errorMessage())
          .matches(
              ".*[.] Roles may not be assumed by root accounts[.] [(]decision [0-9A-F]{16}[)]");
    }
  }

  @Test
  void root_reaches_nothing_of_another_account() {
    try (S3Client admin = endpoint.s3(Keys.ADMIN);
        S3Client root = endpoint.s3(Keys.ROOT)) {
      admin.createBucket(create -> create.bucket(bucket));
      assertThat(refusal(() -> root.listObjectsV2(list -> list.bucket(bucket))))
          .isEqualTo("403 AccessDenied");
      assertThat(refusal(() -> root.deleteBucket(delete -> delete.bucket(bucket))))
          .isEqualTo("403 AccessDenied");
      admin.deleteBucket(delete -> delete.bucket(bucket));
    }
  }

  /** The user of the account locks itself out, having confirmed it; root opens the bucket again. */
  @Test
  void root_undoes_a_bucket_policy_that_locks_everybody_out() {
    String lockOut =
        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Principal\":\"*\","
            + "\"Action\":\"s3:*\",\"Resource\":[\"arn:aws:s3:::%1$s\",\"arn:aws:s3:::%1$s/*\"]}]}"
                .formatted(bucket);
    String name = "admin-" + suffix;
    try (IamClient iam = endpoint.iam(Keys.ROOT);
        S3Client root = endpoint.s3(Keys.ROOT)) {
      iam.createUser(create -> create.userName(name));
      String everything = "arn:aws:iam::aws:policy/AdministratorAccess";
      iam.attachUserPolicy(attach -> attach.userName(name).policyArn(everything));
      AccessKey made = iam.createAccessKey(create -> create.userName(name)).accessKey();
      AwsCredentials keys = AwsBasicCredentials.create(made.accessKeyId(), made.secretAccessKey());
      try (S3Client user = endpoint.s3(keys)) {
        user.createBucket(create -> create.bucket(bucket));
        assertThat(refusal(() -> user.putBucketPolicy(put -> put.bucket(bucket).policy(lockOut))))
            .isEqualTo("403 AccessDenied");
        user.putBucketPolicy(
            put -> put.bucket(bucket).policy(lockOut).confirmRemoveSelfBucketAccess(true));
        assertThat(refusal(() -> user.deleteBucketPolicy(delete -> delete.bucket(bucket))))
            .isEqualTo("403 AccessDenied");
        assertThat(
                refusal(
                    () ->
                        root.putObject(
                            put -> put.bucket(bucket).key("k"), RequestBody.fromString("x"))))
            .isEqualTo("403 AccessDenied");
        assertThat(root.getBucketPolicy(get -> get.bucket(bucket)).policy()).isEqualTo(lockOut);
        root.deleteBucketPolicy(delete -> delete.bucket(bucket));
        user.deleteBucket(delete -> delete.bucket(bucket));
      } finally {
        iam.deleteAccessKey(delete -> delete.userName(name).accessKeyId(made.accessKeyId()));
        iam.detachUserPolicy(detach -> detach.userName(name).policyArn(everything));
        iam.deleteUser(delete -> delete.userName(name));
      }
    }
  }

  @Test
  @Evidence("attack-79")
  void the_audit_trail_says_that_it_was_root() throws Exception {
    String unknown = "audited-" + suffix;
    try (IamClient iam = endpoint.iam(Keys.ROOT)) {
      iam.createUser(create -> create.userName(unknown));
      iam.deleteUser(delete -> delete.userName(unknown));
    }
    Path trail = Path.of(System.getProperty("acceptance.directory"), "data/audit/audit.jsonl");
    String line = "\"who\":{\"type\":\"Root\",\"arn\":\"" + ARN + "\"";
    Instant limit = Instant.now().plus(Duration.ofMinutes(1));
    while (Files.readAllLines(trail).stream()
        .noneMatch(text -> text.contains(line) && text.contains("DeleteUser"))) {
      assertThat(Instant.now()).as("no line of root").isBefore(limit);
      Thread.onSpinWait();
    }
  }
}
