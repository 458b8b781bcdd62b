package dev.lakebed.acceptance;

import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.Tag;

/** A role with one policy, which the administrator may assume with session tags. */
final class TaggedRole implements AutoCloseable {
  private static final String ACCOUNT = "arn:aws:iam::000000000000:";

  private final Endpoint endpoint;
  private final IamClient iam;
  private final String name = "tagged-" + UUID.randomUUID().toString().substring(0, 8);

  /**
   * Makes the role.
   *
   * @param condition of its trust policy; may be empty
   * @param statements of its policy
   */
  TaggedRole(Endpoint endpoint, String condition, String statements) {
    this.endpoint = endpoint;
    this.iam = endpoint.iam(Keys.ADMIN);
    String trust =
        """
        {"Effect":"Allow","Principal":{"AWS":"%suser/admin"},
         "Action":["sts:AssumeRole","sts:TagSession"]%s}\
        """
            .formatted(ACCOUNT, condition);
    iam.createRole(
        create ->
            create
                .roleName(name)
                .assumeRolePolicyDocument(document(trust))
                .tags(
                    software.amazon.awssdk.services.iam.model.Tag.builder()
                        .key("Stage")
                        .value("test")
                        .build()));
    iam.putRolePolicy(
        put -> put.roleName(name).policyName("p").policyDocument(document(statements)));
  }

  private static String document(String statements) {
    return "{\"Version\":\"2012-10-17\",\"Statement\":[" + statements + "]}";
  }

  IamClient iam() {
    return iam;
  }

  String name() {
    return name;
  }

  /** A session that has the tag {@code team}. */
  AwsSessionCredentials session(String team) {
    return Keys.session(
        endpoint,
        Keys.ADMIN,
        AssumeRoleRequest.builder()
            .roleArn(ACCOUNT + "role/" + name)
            .roleSessionName("tagged")
            .tags(Tag.builder().key("team").value(team).build())
            .build());
  }

  @Override
  public void close() {
    iam.deleteRolePolicy(delete -> delete.roleName(name).policyName("p"));
    iam.deleteRole(delete -> delete.roleName(name));
    iam.close();
  }
}
