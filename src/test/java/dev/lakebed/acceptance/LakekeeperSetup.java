package dev.lakebed.acceptance;

import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.Tag;

/**
 * A bucket, a user with a key and no rights, and what Lakekeeper's documents add to them. All have
 * one name.
 */
final class LakekeeperSetup implements AutoCloseable {
  static final String ACCOUNT = "arn:aws:iam::000000000000:";

  private final Endpoint endpoint;
  private final IamClient iam;
  private final String name = "least-" + UUID.randomUUID().toString().substring(0, 8);
  private final AwsCredentials key;

  LakekeeperSetup(Endpoint endpoint) {
    this.endpoint = endpoint;
    this.iam = endpoint.iam(Keys.ADMIN);
    iam.createUser(create -> create.userName(name));
    AccessKey made = iam.createAccessKey(create -> create.userName(name)).accessKey();
    this.key = AwsBasicCredentials.create(made.accessKeyId(), made.secretAccessKey());
    try (S3Client s3 = endpoint.s3(Keys.ADMIN)) {
      s3.createBucket(create -> create.bucket(name));
    }
  }

  String name() {
    return name;
  }

  /** Key of the user. */
  AwsCredentials key() {
    return key;
  }

  String user() {
    return ACCOUNT + "user/" + name;
  }

  String role() {
    return ACCOUNT + "role/" + name;
  }

  /** Lets the user work on the bucket. */
  void allowBucket() {
    putUserPolicy("bucket", bucketRights());
  }

  /** Lets the user assume the role. */
  void allowAssume() {
    putUserPolicy(
        "assume",
        """
        {"Effect":"Allow","Action":"sts:AssumeRole","Resource":"%s"}\
        """
            .formatted(role()));
  }

  private void putUserPolicy(String policy, String statements) {
    iam.putUserPolicy(
        put -> put.userName(name).policyName(policy).policyDocument(document(statements)));
  }

  /** A role that works on the bucket, for whom the statement says. */
  void createRole(String trust) {
    iam.createRole(create -> create.roleName(name).assumeRolePolicyDocument(document(trust)));
    iam.putRolePolicy(
        put -> put.roleName(name).policyName("bucket").policyDocument(document(bucketRights())));
  }

  /** The statement that lets a principal assume the role. */
  static String trust(String principal, String action) {
    return """
    {"Effect":"Allow","Principal":{"AWS":"%s"},"Action":[%s]}\
    """
        .formatted(principal, action);
  }

  /** The same for those who know the external id. */
  static String trust(String principal, String action, String externalId) {
    String statement = trust(principal, action);
    return statement.substring(0, statement.length() - 1)
        + """
        ,"Condition":{"StringEquals":{"sts:ExternalId":"%s"}}}\
        """
            .formatted(externalId);
  }

  /** Lakekeeper's AssumeRole for vending, without options. */
  AssumeRoleRequest.Builder vending(String policy) {
    return AssumeRoleRequest.builder()
        .roleArn(role())
        .roleSessionName("lakekeeper-sts")
        .durationSeconds(3600)
        .policy(policy);
  }

  /** As the profile's {@code sts-session-tags} are sent. */
  static Tag tag() {
    return Tag.builder().key("team").value("red").build();
  }

  AwsCredentials assume(AssumeRoleRequest.Builder request) {
    return Keys.session(endpoint, key, request.build());
  }

  private String bucketRights() {
    return """
    {"Effect":"Allow","Action":"s3:ListBucket","Resource":"arn:aws:s3:::BUCKET"},\
    {"Effect":"Allow","Action":["s3:GetObject","s3:PutObject","s3:DeleteObject",\
    "s3:AbortMultipartUpload"],"Resource":"arn:aws:s3:::BUCKET/*"}\
    """
        .replace("BUCKET", name);
  }

  private static String document(String statements) {
    return "{\"Version\":\"2012-10-17\",\"Statement\":[" + statements + "]}";
  }

  /** Removes user and role; the bucket stays. */
  @Override
  public void close() {
    if (Outcome.of(() -> iam.getRole(get -> get.roleName(name))).equals("ok")) {
      iam.deleteRolePolicy(delete -> delete.roleName(name).policyName("bucket"));
      iam.deleteRole(delete -> delete.roleName(name));
    }
    iam.listUserPolicies(list -> list.userName(name))
        .policyNames()
        .forEach(
            policy -> iam.deleteUserPolicy(delete -> delete.userName(name).policyName(policy)));
    iam.deleteAccessKey(delete -> delete.userName(name).accessKeyId(key.accessKeyId()));
    iam.deleteUser(delete -> delete.userName(name));
    iam.close();
  }
}
