package dev.lakebed.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.support.Evidence;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.iam.model.User;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3tables.S3TablesClient;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * Policies mean those who were there when they were saved, with the AWS SDK on a running server:
 * AWS, "Principal".
 */
@AcceptanceTest
class BoundPrincipalIT {
  private final String suffix = UUID.randomUUID().toString().substring(0, 8);
  private final String name = "bound-" + suffix;
  private final String arn = "arn:aws:iam::000000000000:user/" + name;
  private final Endpoint endpoint = Endpoint.deployed();
  private final IamClient iam = endpoint.iam(Keys.ADMIN);
  private final S3Client s3 = endpoint.s3(Keys.ADMIN);
  private String id = "";
  private AwsCredentials keys = Keys.ADMIN;

  @BeforeEach
  void bucketAndUser() {
    s3.createBucket(create -> create.bucket(name));
    s3.putObject(put -> put.bucket(name).key("k"), RequestBody.fromString("x"));
    create();
  }

  @AfterEach
  void remove() {
    delete();
    s3.deleteObject(delete -> delete.bucket(name).key("k"));
    s3.deleteBucket(delete -> delete.bucket(name));
    iam.close();
    s3.close();
  }

  private void create() {
    User user = iam.createUser(create -> create.userName(name)).user();
    id = user.userId();
    AccessKey key = iam.createAccessKey(create -> create.userName(name)).accessKey();
    keys = AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey());
  }

  private void delete() {
    iam.deleteAccessKey(delete -> delete.userName(name).accessKeyId(keys.accessKeyId()));
    iam.deleteUser(delete -> delete.userName(name));
  }

  private static String trust(String principal) {
    return """
    {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"%s"},
     "Action":"sts:AssumeRole"}]}\
    """
        .formatted(principal);
  }

  private String reading(String principal) {
    return """
    {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"%s"},
     "Action":"s3:GetObject","Resource":"arn:aws:s3:::%s/*"}]}\
    """
        .formatted(principal, name);
  }

  private String trustShown() {
    return URLDecoder.decode(
        iam.getRole(get -> get.roleName(name)).role().assumeRolePolicyDocument(),
        StandardCharsets.UTF_8);
  }

  private String policyShown() {
    return s3.getBucketPolicy(get -> get.bucket(name)).policy();
  }

  private String assume() {
    try (StsClient sts = endpoint.sts(keys)) {
      return Outcome.of(
          () ->
              sts.assumeRole(
                  assume ->
                      assume
                          .roleArn("arn:aws:iam::000000000000:role/" + name)
                          .roleSessionName("s1")));
    }
  }

  private String read() {
    try (S3Client own = endpoint.s3(keys)) {
      return Outcome.of(() -> own.getObjectAsBytes(get -> get.bucket(name).key("k")));
    }
  }

  @Test
  @Evidence({"attack-22", "attack-80"})
  void a_user_made_anew_is_trusted_by_no_old_trust_policy() {
    iam.createRole(role -> role.roleName(name).assumeRolePolicyDocument(trust(arn)));
    assertThat(trustShown()).isEqualTo(trust(arn));
    assertThat(assume()).isEqualTo("ok");
    String old = id;
    delete();
    assertThat(trustShown()).isEqualTo(trust(old));
    create();
    assertThat(assume()).isEqualTo("403 AccessDenied");
    assertThat(trustShown()).isEqualTo(trust(old));
    iam.updateAssumeRolePolicy(update -> update.roleName(name).policyDocument(trust(arn)));
    assertThat(assume()).isEqualTo("ok");
    iam.deleteRole(role -> role.roleName(name));
    assertThat(
            Outcome.of(
                () ->
                    iam.createRole(
                        role ->
                            role.roleName(name).assumeRolePolicyDocument(trust(arn + "-absent")))))
        .isEqualTo("400 MalformedPolicyDocument");
  }

  @Test
  @Evidence({"attack-76", "attack-80"})
  void a_user_made_anew_is_let_in_by_no_old_bucket_policy() {
    s3.putBucketPolicy(put -> put.bucket(name).policy(reading(arn)));
    assertThat(policyShown()).isEqualTo(reading(arn));
    assertThat(read()).isEqualTo("ok");
    String old = id;
    delete();
    assertThat(policyShown()).isEqualTo(reading(old));
    create();
    assertThat(read()).isEqualTo("403 AccessDenied");
    assertThat(policyShown()).isEqualTo(reading(old));
    assertThat(Outcome.of(() -> s3.putBucketPolicy(put -> put.bucket(name).policy(reading(old)))))
        .as("the id of nobody")
        .isEqualTo("400 MalformedPolicy");
    s3.putBucketPolicy(put -> put.bucket(name).policy(reading(id)));
    assertThat(policyShown()).isEqualTo(reading(arn));
    assertThat(read()).isEqualTo("ok");
  }

  @Test
  @Evidence("attack-76")
  void a_role_made_anew_is_let_in_by_no_old_policy_of_a_table_bucket() {
    String role = "arn:aws:iam::000000000000:role/" + name;
    try (S3TablesClient tables = endpoint.tables(Keys.ADMIN)) {
      String bucket = tables.createTableBucket(create -> create.name(name + "-t")).arn();
      String document =
          """
          {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"%s"},
           "Action":"s3tables:GetTableBucket","Resource":"%s"}]}\
          """;
      assertThat(
              Outcome.of(
                  () ->
                      tables.putTableBucketPolicy(
                          put ->
                              put.tableBucketARN(bucket)
                                  .resourcePolicy(document.formatted(role, bucket)))))
          .isEqualTo("400 BadRequestException");
      String roleId =
          iam.createRole(create -> create.roleName(name).assumeRolePolicyDocument(trust(arn)))
              .role()
              .roleId();
      tables.putTableBucketPolicy(
          put -> put.tableBucketARN(bucket).resourcePolicy(document.formatted(role, bucket)));
      assertThat(tables.getTableBucketPolicy(get -> get.tableBucketARN(bucket)).resourcePolicy())
          .isEqualTo(document.formatted(role, bucket));
      iam.deleteRole(delete -> delete.roleName(name));
      iam.createRole(create -> create.roleName(name).assumeRolePolicyDocument(trust(arn)));
      assertThat(tables.getTableBucketPolicy(get -> get.tableBucketARN(bucket)).resourcePolicy())
          .isEqualTo(document.formatted(roleId, bucket));
      iam.deleteRole(delete -> delete.roleName(name));
      tables.deleteTableBucket(delete -> delete.tableBucketARN(bucket));
    }
  }
}
