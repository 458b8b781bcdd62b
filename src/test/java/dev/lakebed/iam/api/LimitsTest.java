package dev.lakebed.iam.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.http.PercentEncoding;
import dev.lakebed.support.Evidence;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Limits of parameters. Expectations: the service model of IAM 2010-05-08. {@code boto3_model.py}
 * tries every limit of the whole model; here is what no client sends, and one of each kind.
 */
class LimitsTest {
  private static final IamServer SERVER = IamServer.start();

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @ParameterizedTest
  @CsvSource({
    "CreateUser, UserName, 65, 400 ValidationError",
    "CreateUser, UserName, 64, ok",
    "GetUser, UserName, 128, 404 NoSuchEntity",
    "GetUser, UserName, 129, 400 ValidationError",
    "CreateGroup, GroupName, 128, ok",
    "CreateGroup, GroupName, 129, 400 ValidationError",
    "GetRole, RoleName, 64, 404 NoSuchEntity",
    "GetRole, RoleName, 65, 400 ValidationError",
    "GetPolicy, PolicyArn, 19, 400 ValidationError",
    "GetPolicy, PolicyArn, 20, 404 NoSuchEntity",
    "GetPolicy, PolicyArn, 2048, 404 NoSuchEntity",
    "GetPolicy, PolicyArn, 2049, 400 ValidationError",
    "GetAccessKeyLastUsed, AccessKeyId, 15, 400 ValidationError",
    "GetAccessKeyLastUsed, AccessKeyId, 16, 404 NoSuchEntity",
    "CreateAccountAlias, AccountAlias, 64, 400 ValidationError",
    "GetServiceLastAccessedDetails, JobId, 37, 400 ValidationError",
  })
  void lengths_are_those_of_the_model(String action, String name, int length, String outcome) {
    assertThat(SERVER.call(action, name, "a".repeat(length)).outcome()).isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource({
    "ListUsers, MaxItems, 0",
    "ListUsers, MaxItems, 1001",
    "ListUsers, MaxItems, ten",
    "ListUsers, MaxItems, ''",
    "ListUsers, Marker, ''",
    "ListUsers, Marker, junk",
    "ListUsers, PathPrefix, nowhere",
    "ListAccountAliases, Marker, junk",
    "ListPolicies, Scope, Nonsense",
    "ListPolicies, OnlyAttached, yes",
    "ListPolicies, PathPrefix, /no/end",
    "GetAccountAuthorizationDetails, Filter.member.1, Nonsense",
    "GetAccountAuthorizationDetails, Filter, User",
    "UpdateAccountPasswordPolicy, MinimumPasswordLength, 5",
    "UpdateAccountPasswordPolicy, MaxPasswordAge, 1096"
  })
  void values_are_those_of_the_model(String action, String name, String value) {
    assertThat(SERVER.call(action, name, value).outcome()).isEqualTo("400 ValidationError");
  }

  /** A user must not come out without the boundary that a client misspelt. */
  @ParameterizedTest
  @CsvSource({
    "PermissionsBoundary.member.1, arn:aws:iam::aws:policy/AmazonS3FullAccess",
    "Path.x, /a/",
    "Tags.1.Key, k",
    "Tags.member.1, k",
    "Tags.member.1.Name, k",
    "Tags.member.0.Key, k",
    "Tags.member.1.Key, k"
  })
  void parameters_of_the_wrong_shape_are_refused(String name, String value) {
    assertThat(SERVER.call("CreateUser", "UserName", "shape", name, value).outcome())
        .isEqualTo("400 ValidationError");
    assertThat(SERVER.call("GetUser", "UserName", "shape").outcome()).isEqualTo("404 NoSuchEntity");
  }

  /** AWS looks at all parameters before it looks at what they name. */
  @Test
  void limits_come_before_entities_and_rights() {
    assertThat(SERVER.call("AttachUserPolicy", "UserName", "absent").outcome())
        .isEqualTo("400 ValidationError");
    assertThat(SERVER.call(SERVER.key("READER"), "DeleteUser", "UserName", "no/name").outcome())
        .isEqualTo("400 ValidationError");
    assertThat(SERVER.call("TagUser", "UserName", "reader").outcome())
        .isEqualTo("400 ValidationError");
  }

  /** SDKs send an empty list as {@code Name=}. */
  @Test
  void empty_lists_are_lists() {
    assertThat(SERVER.call("CreateUser", "UserName", "plain", "Tags", "").outcome())
        .isEqualTo("ok");
    assertThat(SERVER.call("TagUser", "UserName", "plain", "Tags", "").outcome()).isEqualTo("ok");
    assertThat(SERVER.call("UntagUser", "UserName", "plain", "TagKeys", "").outcome())
        .isEqualTo("ok");
    assertThat(SERVER.call("GetAccountAuthorizationDetails", "Filter", "").outcome())
        .isEqualTo("ok");
  }

  /** White space is not counted against the size of a policy, only against that of a parameter. */
  @Test
  @Evidence("rule-78")
  void longest_document_of_the_model_is_kept_as_it_is() {
    String policy =
        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
            + "\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::lake/größe/地区/*\"}]}";
    String longest = policy + " ".repeat(131_072 - policy.length());
    String arn =
        SERVER
            .call("CreatePolicy", "PolicyName", "long", "PolicyDocument", longest)
            .requireOk()
            .element("Arn");
    assertThat(
            SERVER
                .call("GetPolicyVersion", "PolicyArn", arn, "VersionId", "v1")
                .element("Document"))
        .isEqualTo(PercentEncoding.encode(longest));
    assertThat(
            SERVER
                .call("CreatePolicy", "PolicyName", "longer", "PolicyDocument", longest + " ")
                .outcome())
        .isEqualTo("400 ValidationError");
    String full = policy.replace("größe", "x".repeat(6145 - policy.length() + 5));
    assertThat(SERVER.call("CreatePolicy", "PolicyName", "full", "PolicyDocument", full).outcome())
        .isEqualTo("409 LimitExceeded");
  }

  @Test
  void key_cannot_be_set_to_expired() {
    SERVER.call("CreateUser", "UserName", "keyed").requireOk();
    String key = SERVER.call("CreateAccessKey", "UserName", "keyed").element("AccessKeyId");
    assertThat(
            SERVER
                .call(
                    "UpdateAccessKey", "UserName", "keyed", "AccessKeyId", key, "Status", "Expired")
                .outcome())
        .isEqualTo("400 InvalidInput");
  }

  @Test
  void fifty_tags_are_the_most_in_a_request_and_altogether() {
    SERVER.call("CreateUser", "UserName", "tagged").requireOk();
    assertThat(tag(51, "a")).isEqualTo("400 ValidationError");
    assertThat(tag(50, "a")).isEqualTo("ok");
    assertThat(tag(1, "b")).isEqualTo("409 LimitExceeded");
  }

  private static String tag(int number, String prefix) {
    String[] parameters = new String[2 + 4 * number];
    parameters[0] = "UserName";
    parameters[1] = "tagged";
    for (int i = 1; i <= number; i++) {
      parameters[4 * i - 2] = "Tags.member." + i + ".Key";
      parameters[4 * i - 1] = prefix + i;
      parameters[4 * i] = "Tags.member." + i + ".Value";
      parameters[4 * i + 1] = "";
    }
    return SERVER.call("TagUser", parameters).outcome();
  }

  @ParameterizedTest
  @CsvSource({"AssertionEncryptionMode, Allowed", "AddPrivateKey, key"})
  void parameters_without_a_meaning_here_are_said_to_be_unbuilt(String name, String value) {
    String metadata = "<x>" + "x".repeat(1000) + "</x>";
    assertThat(
            SERVER
                .call(
                    "CreateSAMLProvider",
                    "Name",
                    "idp",
                    "SAMLMetadataDocument",
                    metadata,
                    name,
                    value)
                .outcome())
        .isEqualTo("501 NotImplemented");
  }
}
