package dev.lakebed.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.support.Evidence;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.iam.model.EvaluationResult;
import software.amazon.awssdk.services.iam.model.PermissionsBoundaryAttachmentType;
import software.amazon.awssdk.services.iam.model.PolicyEvaluationDecisionType;
import software.amazon.awssdk.services.iam.model.PolicySourceType;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.StatusType;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.User;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;

/** The IAM API as the AWS SDK for Java and Terraform's provider use it, on a running server. */
@AcceptanceTest
class IamClientsIT {
  private static final String S3_FULL = "arn:aws:iam::aws:policy/AmazonS3FullAccess";
  private static final String GET_ONLY =
      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
          + "\"Action\":[\"s3:GetObject\",\"s3:ListBucket\"],\"Resource\":\"*\"}]}";

  private final String suffix = UUID.randomUUID().toString().substring(0, 8);
  private final String bucket = "iam-" + suffix;

  @BeforeEach
  void makeBucket() {
    try (S3Client s3 = Endpoint.deployed().s3(Keys.ADMIN)) {
      s3.createBucket(create -> create.bucket(bucket));
    }
  }

  @AfterEach
  void removeBucket() {
    try (S3Client s3 = Endpoint.deployed().s3(Keys.ADMIN)) {
      s3.deleteObject(delete -> delete.bucket(bucket).key("k"));
      s3.deleteBucket(delete -> delete.bucket(bucket));
    }
  }

  private static String trust(String principal) {
    return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":"
        + "{\"AWS\":\""
        + principal
        + "\"},\"Action\":\"sts:AssumeRole\"}]}";
  }

  @Test
  void terraform_sequence_and_back(Endpoint endpoint) {
    String name = "tf-" + suffix;
    String trust = trust("arn:aws:iam::000000000000:user/keeper");
    try (IamClient iam = endpoint.iam(Keys.ADMIN)) {
      Role made =
          iam.createRole(
                  role ->
                      role.roleName(name)
                          .path("/service/")
                          .description("made by a tool")
                          .maxSessionDuration(7200)
                          .assumeRolePolicyDocument(trust)
                          .tags(Tag.builder().key("team").value("red").build()))
              .role();
      assertThat(made.arn()).isEqualTo("arn:aws:iam::000000000000:role/service/" + name);
      iam.attachRolePolicy(attach -> attach.roleName(name).policyArn(S3_FULL));
      iam.putRolePolicy(put -> put.roleName(name).policyName("inline").policyDocument(GET_ONLY));
      iam.createInstanceProfile(profile -> profile.instanceProfileName(name));
      iam.addRoleToInstanceProfile(add -> add.instanceProfileName(name).roleName(name));

      Role read = iam.getRole(get -> get.roleName(name)).role();
      assertThat(read.roleId()).isEqualTo(made.roleId());
      assertThat(URLDecoder.decode(read.assumeRolePolicyDocument(), StandardCharsets.UTF_8))
          .isEqualTo(trust);
      assertThat(read.maxSessionDuration()).isEqualTo(7200);
      assertThat(read.tags()).containsExactly(Tag.builder().key("team").value("red").build());
      assertThat(iam.getInstanceProfile(get -> get.instanceProfileName(name)).instanceProfile())
          .satisfies(
              profile ->
                  assertThat(profile.roles()).extracting(Role::roleName).containsExactly(name));
      assertThat(
              URLDecoder.decode(
                  iam.getRolePolicy(get -> get.roleName(name).policyName("inline"))
                      .policyDocument(),
                  StandardCharsets.UTF_8))
          .isEqualTo(GET_ONLY);

      AssumeRoleRequest assume =
          AssumeRoleRequest.builder().roleArn(made.arn()).roleSessionName("keeper").build();
      AwsCredentials session = Keys.session(endpoint, Keys.KEEPER, assume);
      assertThat(put(endpoint, session)).isEqualTo("ok");

      iam.removeRoleFromInstanceProfile(remove -> remove.instanceProfileName(name).roleName(name));
      iam.deleteInstanceProfile(delete -> delete.instanceProfileName(name));
      iam.deleteRolePolicy(delete -> delete.roleName(name).policyName("inline"));
      assertThat(Outcome.of(() -> iam.deleteRole(delete -> delete.roleName(name))))
          .isEqualTo("409 DeleteConflict");
      iam.detachRolePolicy(detach -> detach.roleName(name).policyArn(S3_FULL));
      assertThat(put(endpoint, session)).isEqualTo("403 AccessDenied");
      iam.deleteRole(delete -> delete.roleName(name));
      assertThat(put(endpoint, session)).startsWith("403");
      assertThat(Outcome.of(() -> Keys.session(endpoint, Keys.KEEPER, assume)))
          .isEqualTo("403 AccessDenied");
      iam.createRole(role -> role.roleName(name).assumeRolePolicyDocument(trust));
      iam.attachRolePolicy(attach -> attach.roleName(name).policyArn(S3_FULL));
      assertThat(put(endpoint, session)).startsWith("403");
      iam.detachRolePolicy(detach -> detach.roleName(name).policyArn(S3_FULL));
      iam.deleteRole(delete -> delete.roleName(name));
      assertThat(Outcome.of(() -> iam.getRole(get -> get.roleName(name))))
          .isEqualTo("404 NoSuchEntity");
    }
  }

  @Test
  @Evidence("attack-80")
  void user_with_key_reaches_the_store_until_the_key_is_switched_off(Endpoint endpoint) {
    String name = "user-" + suffix;
    try (IamClient iam = endpoint.iam(Keys.ADMIN)) {
      User user = iam.createUser(create -> create.userName(name)).user();
      assertThat(user.userId()).matches("AIDA[A-Z2-7]{17}");
      AccessKey key = iam.createAccessKey(create -> create.userName(name)).accessKey();
      AwsCredentials keys = AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey());
      assertThat(put(endpoint, keys)).isEqualTo("403 AccessDenied");
      iam.attachUserPolicy(attach -> attach.userName(name).policyArn(S3_FULL));
      assertThat(put(endpoint, keys)).isEqualTo("ok");
      assertThat(
              iam.getAccessKeyLastUsed(get -> get.accessKeyId(key.accessKeyId()))
                  .accessKeyLastUsed()
                  .serviceName())
          .isEqualTo("s3");

      iam.updateAccessKey(
          update ->
              update.userName(name).accessKeyId(key.accessKeyId()).status(StatusType.INACTIVE));
      assertThat(put(endpoint, keys)).isEqualTo("403 InvalidAccessKeyId");
      iam.updateAccessKey(
          update -> update.userName(name).accessKeyId(key.accessKeyId()).status(StatusType.ACTIVE));
      assertThat(put(endpoint, keys)).isEqualTo("ok");
      iam.detachUserPolicy(detach -> detach.userName(name).policyArn(S3_FULL));
      iam.deleteAccessKey(delete -> delete.userName(name).accessKeyId(key.accessKeyId()));
      assertThat(put(endpoint, keys)).isEqualTo("403 InvalidAccessKeyId");
      iam.deleteUser(delete -> delete.userName(name));
    }
  }

  @Test
  void boundary_limits_what_attached_policies_give(Endpoint endpoint) {
    String name = "bounded-" + suffix;
    try (IamClient iam = endpoint.iam(Keys.ADMIN)) {
      String cap =
          iam.createPolicy(create -> create.policyName(name).policyDocument(GET_ONLY))
              .policy()
              .arn();
      User user = iam.createUser(create -> create.userName(name).permissionsBoundary(cap)).user();
      assertThat(user.permissionsBoundary().permissionsBoundaryType())
          .isEqualTo(PermissionsBoundaryAttachmentType.PERMISSIONS_BOUNDARY_POLICY);
      iam.attachUserPolicy(attach -> attach.userName(name).policyArn(S3_FULL));
      AccessKey key = iam.createAccessKey(create -> create.userName(name)).accessKey();
      AwsCredentials keys = AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey());
      assertThat(put(endpoint, keys)).isEqualTo("403 AccessDenied");
      try (S3Client s3 = endpoint.s3(keys)) {
        assertThat(Outcome.of(() -> s3.listObjectsV2(list -> list.bucket(bucket)))).isEqualTo("ok");
      }
      assertThat(
              iam.simulatePrincipalPolicy(
                      simulate ->
                          simulate
                              .policySourceArn(user.arn())
                              .actionNames("s3:PutObject", "s3:GetObject"))
                  .evaluationResults())
          .extracting(result -> result.evalDecision())
          .containsExactly(
              PolicyEvaluationDecisionType.IMPLICIT_DENY, PolicyEvaluationDecisionType.ALLOWED);
      iam.deleteUserPermissionsBoundary(delete -> delete.userName(name));
      assertThat(put(endpoint, keys)).isEqualTo("ok");
      iam.detachUserPolicy(detach -> detach.userName(name).policyArn(S3_FULL));
      iam.deleteAccessKey(delete -> delete.userName(name).accessKeyId(key.accessKeyId()));
      iam.deleteUser(delete -> delete.userName(name));
      iam.deletePolicy(delete -> delete.policyArn(cap));
    }
  }

  @Test
  void simulation_names_statements_and_warns_of_unknown_actions(Endpoint endpoint) {
    try (IamClient iam = endpoint.iam(Keys.ADMIN)) {
      EvaluationResult result =
          iam.simulateCustomPolicy(
                  simulate ->
                      simulate
                          .policyInputList(GET_ONLY, GET_ONLY.replace("s3:", "s3:X"))
                          .actionNames("s3:GetObject")
                          .resourceArns("arn:aws:s3:::" + bucket + "/k"))
              .evaluationResults()
              .getFirst();
      assertThat(result.evalDecision()).isEqualTo(PolicyEvaluationDecisionType.ALLOWED);
      assertThat(result.matchedStatements())
          .singleElement()
          .satisfies(
              statement -> {
                assertThat(statement.sourcePolicyId()).isEqualTo("PolicyInputList.1");
                assertThat(statement.sourcePolicyType()).isEqualTo(PolicySourceType.NONE);
                assertThat(statement.startPosition().line()).isEqualTo(1);
              });
      assertThat(result.resourceSpecificResults())
          .singleElement()
          .extracting(specific -> specific.evalResourceDecision())
          .isEqualTo(PolicyEvaluationDecisionType.ALLOWED);
      assertThat(result.evalDecisionDetails())
          .isNotEmpty()
          .allSatisfy(
              (warning, decision) -> {
                assertThat(warning).startsWith("Unknown action s3:X");
                assertThat(decision).isEqualTo(PolicyEvaluationDecisionType.IMPLICIT_DENY);
              });
    }
  }

  @Test
  void paginators_of_the_sdk_see_everything_once(Endpoint endpoint) {
    String group = "group-" + suffix;
    try (IamClient iam = endpoint.iam(Keys.ADMIN)) {
      iam.createGroup(create -> create.groupName(group).path("/" + suffix + "/"));
      List<String> names = List.of("a-" + suffix, "b-" + suffix, "c-" + suffix);
      for (String name : names) {
        iam.createUser(create -> create.userName(name).path("/" + suffix + "/"));
        iam.addUserToGroup(add -> add.groupName(group).userName(name));
      }
      assertThat(
              iam.listUsersPaginator(list -> list.pathPrefix("/" + suffix + "/").maxItems(1))
                  .users())
          .extracting(User::userName)
          .containsExactlyElementsOf(names);
      assertThat(iam.getGroupPaginator(get -> get.groupName(group).maxItems(2)).users())
          .extracting(User::userName)
          .containsExactlyElementsOf(names);
      assertThat(iam.listPoliciesPaginator(list -> list.maxItems(3)).policies())
          .extracting(policy -> policy.policyName())
          .contains("AdministratorAccess", "FullAccess")
          .doesNotHaveDuplicates();
      for (String name : names) {
        iam.removeUserFromGroup(remove -> remove.groupName(group).userName(name));
        iam.deleteUser(delete -> delete.userName(name));
      }
      iam.deleteGroup(delete -> delete.groupName(group));
      assertThat(Outcome.of(() -> iam.getGroup(get -> get.groupName(group))))
          .isEqualTo("404 NoSuchEntity");
    }
  }

  @Test
  void caller_without_iam_rights_can_do_nothing(Endpoint endpoint) {
    try (IamClient iam = endpoint.iam(Keys.KEEPER)) {
      assertThat(Outcome.of(() -> iam.createUser(create -> create.userName("x" + suffix))))
          .isEqualTo("403 AccessDenied");
      assertThat(Outcome.of(iam::listUsers)).isEqualTo("403 AccessDenied");
      assertThat(Outcome.of(iam::getAccountSummary)).isEqualTo("403 AccessDenied");
    }
  }

  private String put(Endpoint endpoint, AwsCredentials keys) {
    try (S3Client s3 = endpoint.s3(keys)) {
      return Outcome.of(
          () -> s3.putObject(put -> put.bucket(bucket).key("k"), RequestBody.fromString("x")));
    }
  }
}
