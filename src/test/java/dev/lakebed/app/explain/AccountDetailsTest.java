package dev.lakebed.app.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Questions about identities of the database, from what {@code aws iam
 * get-account-authorization-details} prints: its shape is that of the IAM API reference, documents
 * decoded as aws-cli decodes them.
 */
class AccountDetailsTest {
  private static final String DETAILS =
      """
      {
       "UserDetailList": [
        {"Path": "/team/", "UserName": "alice", "UserId": "AIDAALICE",
         "Arn": "arn:aws:iam::111122223333:user/team/alice", "CreateDate": "2026-01-01T00:00:00Z",
         "UserPolicyList": [{"PolicyName": "own", "PolicyDocument": %1$s}],
         "GroupList": ["devs"],
         "AttachedManagedPolicies": [
          {"PolicyName": "AmazonS3ReadOnlyAccess",
           "PolicyArn": "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"}],
         "PermissionsBoundary": {"PermissionsBoundaryType": "PermissionsBoundaryPolicy",
          "PermissionsBoundaryArn": "arn:aws:iam::111122223333:policy/cap"},
         "Tags": [{"Key": "team", "Value": "red"}]},
        {"Path": "/", "UserName": "gone", "UserId": "AIDAGONE",
         "Arn": "arn:aws:iam::111122223333:user/gone",
         "UserPolicyList": [{"PolicyName": "all", "PolicyDocument": %2$s}], "GroupList": [],
         "AttachedManagedPolicies": [
          {"PolicyName": "lost", "PolicyArn": "arn:aws:iam::111122223333:policy/lost"}]},
        {"Path": "/", "UserName": "filed", "UserId": "AIDAFILED",
         "Arn": "arn:aws:iam::111122223333:user/filed",
         "Tags": [{"Key": "lakebed:source", "Value": "configuration"}]}],
       "GroupDetailList": [
        {"Path": "/", "GroupName": "devs", "GroupId": "AGPADEVS",
         "Arn": "arn:aws:iam::111122223333:group/devs",
         "GroupPolicyList": [{"PolicyName": "never", "PolicyDocument": {"Version": "2012-10-17",
          "Statement": {"Sid": "NoIam", "Effect": "Deny", "Action": "iam:*", "Resource": "*"}}}],
         "AttachedManagedPolicies": []}],
       "RoleDetailList": [
        {"Path": "/", "RoleName": "R", "RoleId": "AROAR",
         "Arn": "arn:aws:iam::111122223333:role/R",
         "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [{"Sid": "In",
          "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:user/team/alice"},
          "Action": "sts:AssumeRole", "Condition": {"StringEquals": {"sts:ExternalId": "7"}}}]},
         "RolePolicyList": [{"PolicyName": "work", "PolicyDocument": %2$s}],
         "AttachedManagedPolicies": [], "InstanceProfileList": []}],
       "Policies": [
        {"PolicyName": "cap", "PolicyId": "ANPACAP", "Path": "/", "DefaultVersionId": "v2",
         "Arn": "arn:aws:iam::111122223333:policy/cap",
         "PolicyVersionList": [
          {"VersionId": "v1", "IsDefaultVersion": false, "Document": %2$s},
          {"VersionId": "v2", "IsDefaultVersion": true, "Document": {"Version": "2012-10-17",
           "Statement": {"Sid": "Cap", "Effect": "Allow", "Action": ["s3:*", "iam:*"],
            "Resource": "*", "Condition": {"StringEquals": {"aws:PrincipalTag/team": "red"}}}}}]}]
      }
      """
          .formatted(
              "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Sid\": \"Own\", \"Effect\":"
                  + " \"Allow\", \"Action\": [\"s3:PutObject\", \"glue:*\", \"iam:ListUsers\"],"
                  + " \"Resource\": \"*\"}]}",
              "{\"Version\": \"2012-10-17\", \"Statement\": {\"Sid\": \"All\", \"Effect\":"
                  + " \"Allow\", \"Action\": \"*\", \"Resource\": \"*\"}}");

  private static final String ALICE = "arn:aws:iam::111122223333:user/team/alice";

  @TempDir private Path directory;
  private Path details = Path.of("");

  @BeforeEach
  void writeDetails() throws IOException {
    details = Files.writeString(directory.resolve("details.json"), DETAILS);
  }

  private ExplainRun explain(String principal, String action, String resource, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--account-details",
                details.toString(),
                "--principal",
                principal,
                "--action",
                action,
                "--resource",
                resource));
    arguments.addAll(List.of(more));
    return ExplainRun.of(arguments);
  }

  @ParameterizedTest
  @CsvSource({
    "s3:PutObject, IDENTITY, user_alice_own, Own, 0",
    "s3:GetObject, IDENTITY, AmazonS3ReadOnlyAccess, #0, 0",
    "iam:ListUsers, IDENTITY, group_devs_never, NoIam, 1"
  })
  void own_group_and_managed_policies_decide(
      String action, String layer, String policy, String statement, int exit) {
    ExplainRun result = explain(ALICE, action, "arn:aws:s3:::b/k");
    assertThat(result.exit()).as(result.errors()).isEqualTo(exit);
    assertThat(result.output())
        .containsPattern("layer: +" + layer)
        .containsPattern("policy: +" + policy)
        .containsPattern("statement: +" + statement);
  }

  @Test
  void the_boundary_counts_in_its_default_version() {
    ExplainRun result = explain(ALICE, "glue:GetTable", "*");
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.output()).containsPattern("layer: +BOUNDARY");
  }

  @Test
  void a_role_has_its_policies_and_its_trust_policy() {
    String role = "arn:aws:iam::111122223333:role/R";
    assertThat(explain(role, "s3:GetObject", "arn:aws:s3:::b/k").output())
        .containsPattern("policy: +role_R_work");
    ExplainRun refused = explain(ALICE, "sts:AssumeRole", role);
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.output())
        .containsPattern("layer: +TRUST")
        .containsPattern("nearest policy: +trust policy of R")
        .containsPattern("nearest statement: +In")
        .containsPattern("failed condition: +StringEquals sts:ExternalId");
    assertThat(explain(ALICE, "sts:AssumeRole", role, "--key", "sts:ExternalId=7").exit()).isZero();
  }

  @Test
  void a_managed_policy_that_is_gone_denies_as_in_the_server() {
    ExplainRun result = explain("arn:aws:iam::111122223333:user/gone", "s3:GetObject", "*");
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.output()).containsPattern("policy: +.*policy/lost, which does not exist");
  }

  @Test
  void an_identity_of_the_file_needs_the_file() throws IOException {
    String filed = "arn:aws:iam::111122223333:user/filed";
    ExplainRun without = explain(filed, "s3:GetObject", "arn:aws:s3:::b/k");
    assertThat(without.exit()).isEqualTo(2);
    assertThat(without.errors()).contains("--config");
    Path config =
        Files.writeString(
            directory.resolve("iam.json"),
            """
            {"sts":{"accountId":"111122223333"},
             "identities":[{"name":"filed","actions":["Read"]}]}
            """);
    assertThat(
            explain(filed, "s3:GetObject", "arn:aws:s3:::b/k", "--config", config.toString())
                .exit())
        .isZero();
  }

  @Test
  void documents_may_be_as_they_are_on_the_wire() throws IOException {
    Files.writeString(
        details,
        """
        {"UserDetailList": [{"Path": "/", "UserName": "u", "UserId": "AIDAU",
          "Arn": "arn:aws:iam::111122223333:user/u", "GroupList": [],
          "UserPolicyList": [{"PolicyName": "p", "PolicyDocument":
           "%7B%22Statement%22%3A%7B%22Effect%22%3A%22Allow%22%2C%22Action%22%3A%22s3%3A%2A%22\
        %2C%22Resource%22%3A%22%2A%22%7D%7D"}],
          "AttachedManagedPolicies": []}]}
        """);
    ExplainRun result = explain("arn:aws:iam::111122223333:user/u", "s3:GetObject", "*");
    assertThat(result.exit()).as(result.errors()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[]",
        "{",
        "{}",
        "{\"UserDetailList\": 1}",
        "{\"UserDetailList\": [1]}",
        "{\"UserDetailList\": [{\"UserName\": \"u\"}]}"
      })
  void a_file_of_another_shape_is_refused(String text) throws IOException {
    Files.writeString(details, text);
    ExplainRun result = explain(ALICE, "s3:GetObject", "*");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.errors()).startsWith("lakebed: ");
  }
}
