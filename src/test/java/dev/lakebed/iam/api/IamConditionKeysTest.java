package dev.lakebed.iam.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.auth.ConditionKeys;
import dev.lakebed.kit.Keys;
import dev.lakebed.support.Evidence;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each condition key of IAM, and the tags of roles that are assumed, as policies see them: AWS,
 * actions and condition keys of IAM and of STS.
 */
@Evidence("contract-5.4")
class IamConditionKeysTest {
  /** Key, value, action, parameters. */
  private static final String ROWS =
      """
      iam:PolicyARN | arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess | AttachUserPolicy | UserName=t PolicyArn=arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess
      iam:PermissionsBoundary | arn:aws:iam::aws:policy/AmazonS3FullAccess | CreateUser | UserName=n PermissionsBoundary=arn:aws:iam::aws:policy/AmazonS3FullAccess
      iam:ResourceTag/team | red | TagUser | UserName=t Tags.member.1.Key=Color Tags.member.1.Value=green
      aws:ResourceTag/TEAM | red | TagUser | UserName=t Tags.member.1.Key=Color Tags.member.1.Value=green
      aws:RequestTag/color | green | TagUser | UserName=t Tags.member.1.Key=Color Tags.member.1.Value=green
      aws:TagKeys | Color | TagUser | UserName=t Tags.member.1.Key=Color Tags.member.1.Value=green
      aws:TagKeys | Team | UntagUser | UserName=t TagKeys.member.1=Team
      iam:PassedToService | ec2.amazonaws.com | AddRoleToInstanceProfile | InstanceProfileName=p RoleName=r
      """;

  private final IamServer server = IamServer.start();

  static List<String> rows() {
    return ROWS.lines().toList();
  }

  @BeforeEach
  void createThings() {
    String[] tag = {"Tags.member.1.Key", "Team", "Tags.member.1.Value", "red"};
    server.call("CreateUser", "UserName", "t", tag[0], tag[1], tag[2], tag[3]).requireOk();
    server
        .call("CreateRole", "RoleName", "r", "AssumeRolePolicyDocument", IamServer.TRUST)
        .requireOk();
    server.call("CreateInstanceProfile", "InstanceProfileName", "p").requireOk();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void key_has_the_value_of_the_request(String row) {
    String[] cells = row.split(" \\| ");
    String[] parameters = cells[3].split("[ =]");
    assertThat(server.call(userUnless(cells[0], cells[1] + "x"), cells[2], parameters).outcome())
        .isEqualTo("403 AccessDenied");
    assertThat(server.call(userUnless(cells[0], cells[1]), cells[2], parameters).outcome())
        .isEqualTo("ok");
  }

  /** A user that may do everything, but what the key bears on only with the value. */
  private Keys userUnless(String key, String value) {
    String name = "u" + Integer.toHexString(value.hashCode());
    server.call("CreateUser", "UserName", name).requireOk();
    String document =
        """
        {"Version":"2012-10-17","Statement":[
          {"Effect":"Allow","Action":"*","Resource":"*"},
          {"Effect":"Deny","Resource":"*",
           "Action":["iam:Attach*","iam:Create*","iam:Tag*","iam:Untag*","iam:PassRole"],
           "Condition":{"ForAllValues:StringNotEquals":{"%s":"%s"}}}]}
        """
            .formatted(key, value);
    server
        .call("PutUserPolicy", "UserName", name, "PolicyName", "p", "PolicyDocument", document)
        .requireOk();
    return server.key(
        server.call("CreateAccessKey", "UserName", name).requireOk().element("AccessKeyId"));
  }

  @ParameterizedTest
  @CsvSource({"aws:ResourceTag/team", "iam:ResourceTag/Team"})
  void a_trust_policy_sees_the_tags_of_its_role(String key) {
    Keys caller = server.user("caller");
    for (String value : List.of("red", "blue")) {
      String trust =
          """
          {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*",
           "Action":"sts:AssumeRole","Condition":{"StringEquals":{"%s":"red"}}}]}\
          """
              .formatted(key);
      server
          .call(
              "CreateRole",
              "RoleName",
              value,
              "AssumeRolePolicyDocument",
              trust,
              "Tags.member.1.Key",
              "Team",
              "Tags.member.1.Value",
              value)
          .requireOk();
    }
    assertThat(assume(caller, "red")).isEqualTo("ok");
    assertThat(assume(caller, "blue")).isEqualTo("403 AccessDenied");
    server.call("UntagRole", "RoleName", "red", "TagKeys.member.1", "team").requireOk();
    assertThat(assume(caller, "red")).isEqualTo("403 AccessDenied");
  }

  private String assume(Keys caller, String role) {
    return server
        .sts(caller, "AssumeRole", "RoleArn", server.arn("role/" + role), "RoleSessionName", "ab")
        .outcome();
  }

  @Test
  void every_key_is_tested() {
    Set<String> tested =
        rows().stream()
            .map(row -> row.split(" \\| ")[0].replaceAll("/.*", "/"))
            .collect(Collectors.toSet());
    assertThat(tested).containsAll(ConditionKeys.IAM);
  }
}
